/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/color.h"

#include <stdio.h>
#include <string.h>

#include "base/unicode/unicode.h"
#include "console/style/color_names.h"
#include "console/style/repr.h"

/* The longest text that can be a colour, not counting blanks and zeros in rgb(). */
#define LONGEST 63

/* The 16 colours that a terminal is assumed to show, for finding the nearest one. */
static const staged_rgb standard_palette[16] = {
    {0, 0, 0},     {170, 0, 0},     {0, 170, 0},    {170, 85, 0},    {0, 0, 170},   {170, 0, 170},
    {0, 170, 170}, {170, 170, 170}, {85, 85, 85},   {255, 85, 85},   {85, 255, 85}, {255, 255, 85},
    {85, 85, 255}, {255, 85, 255},  {85, 255, 255}, {255, 255, 255},
};

/* The first 16 of the table of 256. */
static const staged_rgb first_16[16] = {
    {0, 0, 0},     {128, 0, 0},     {0, 128, 0},     {128, 128, 0},   {0, 0, 128}, {128, 0, 128},
    {0, 128, 128}, {192, 192, 192}, {128, 128, 128}, {255, 0, 0},     {0, 255, 0}, {255, 255, 0},
    {0, 0, 255},   {255, 0, 255},   {0, 255, 255},   {255, 255, 255},
};

static bool is_blank(char c)
{
    return c >= 0 && stg_is_space((uint32_t)c);
}

static stg_color numbered(uint8_t number)
{
    return (stg_color){.kind = number < 16 ? STG_COLOR_STANDARD : STG_COLOR_256, .red = number};
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_hex(const char *text, size_t length, stg_color *color)
{
    if (length != 7 || text[0] != '#')
        return false;
    uint8_t parts[3];
    for (size_t i = 0; i < 3; i++) {
        const int high = hex_digit(text[1 + 2 * i]);
        const int low = hex_digit(text[2 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        parts[i] = (uint8_t)(high * 16 + low);
    }
    *color = (stg_color){STG_COLOR_TRUE, parts[0], parts[1], parts[2]};
    return true;
}

/* Reduces the text to the part between `open` and the closing bracket at its end. */
static bool unwrap(const char **text, size_t *length, const char *open)
{
    const size_t opening = strlen(open);
    if (*length < opening + 2 || memcmp(*text, open, opening) != 0 || (*text)[*length - 1] != ')')
        return false;
    *text += opening;
    *length -= opening + 1;
    return true;
}

/* Reads the digits at `*i`, and blanks around them; a number above 255 stays above.  -1 when there
 * is none. */
static int parse_component(const char *text, size_t length, size_t *i)
{
    int value = -1;
    while (*i < length && is_blank(text[*i]))
        (*i)++;
    for (; *i < length && text[*i] >= '0' && text[*i] <= '9'; (*i)++) {
        value = (value < 0 ? 0 : value) * 10 + (text[*i] - '0');
        if (value > 255)
            value = 256;
    }
    while (*i < length && is_blank(text[*i]))
        (*i)++;
    return value;
}

/* What is wrong with the components; NULL: nothing. */
static const char *parse_rgb(const char *text, size_t length, stg_color *color)
{
    static const char expected[] = "expected three components in ";
    int parts[3];
    size_t i = 0;
    for (size_t part = 0; part < 3; part++) {
        parts[part] = parse_component(text, length, &i);
        if (parts[part] < 0 || (part < 2 && (i == length || text[i++] != ',')))
            return expected;
    }
    if (i != length)
        return expected;
    if (parts[0] > 255 || parts[1] > 255 || parts[2] > 255)
        return "color components must be <= 255 in ";
    *color = (stg_color){STG_COLOR_TRUE, (uint8_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2]};
    return NULL;
}

static bool only_holds(const char *text, size_t length, bool blanks_too)
{
    for (size_t i = 0; i < length; i++) {
        const bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (!is_digit && !(blanks_too && (text[i] == ',' || is_blank(text[i]))))
            return false;
    }
    return true;
}

static int parse_number(const char *digits, size_t length)
{
    int number = 0;
    for (size_t i = 0; i < length; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

/* Reads a text in lower case without blanks around it. */
static staged_status parse_lower(const char *text, size_t length, const char *original,
                                 size_t original_length, stg_color *color, stg_error *error)
{
    if (length == 7 && memcmp(text, "default", 7) == 0) {
        *color = (stg_color){.kind = STG_COLOR_DEFAULT};
        return STAGED_OK;
    }
    uint8_t number;
    if (stg_color_number(text, length, &number)) {
        *color = numbered(number);
        return STAGED_OK;
    }
    if (parse_hex(text, length, color))
        return STAGED_OK;
    const char *inner = text;
    size_t inner_length = length;
    if (unwrap(&inner, &inner_length, "color(") && inner_length <= 3 &&
        only_holds(inner, inner_length, false)) {
        const int value = parse_number(inner, inner_length);
        if (value > 255)
            return stg_repr_error(error, "color number must be <= 255 in ", text, length, "");
        *color = numbered((uint8_t)value);
        return STAGED_OK;
    }
    if (unwrap(&inner, &inner_length, "rgb(") && only_holds(inner, inner_length, true)) {
        const char *wrong = parse_rgb(inner, inner_length, color);
        if (wrong != NULL)
            return stg_repr_error(error, wrong, original, original_length, "");
        return STAGED_OK;
    }
    return stg_repr_error(error, "", original, original_length, " is not a valid color");
}

staged_status stg_color_parse(const char *text, size_t length, stg_color *color, stg_error *error)
{
    size_t start = 0;
    size_t end = length;
    while (start < end && is_blank(text[start]))
        start++;
    while (end > start && is_blank(text[end - 1]))
        end--;
    char lower[LONGEST];
    if (end - start > LONGEST)
        return stg_repr_error(error, "", text, length, " is not a valid color");
    for (size_t i = start; i < end; i++)
        lower[i - start] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
    return parse_lower(lower, end - start, text, length, color, error);
}

/* The colour with a number in the table that terminals share. */
static staged_rgb rgb_of_number(uint8_t number)
{
    static const uint8_t levels[6] = {0, 95, 135, 175, 215, 255};
    if (number < 16)
        return first_16[number];
    if (number < 232) {
        const unsigned cube = number - 16u;
        return (staged_rgb){levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6]};
    }
    const uint8_t gray = (uint8_t)(8 + 10 * (number - 232));
    return (staged_rgb){gray, gray, gray};
}

/* Rounds to the nearest integer, halves to even; `value` >= 0. */
static int round_half_even(double value)
{
    const int whole = (int)value;
    const double rest = value - whole;
    return whole + (rest > 0.5 || (rest == 0.5 && (whole & 1)));
}

static double cube_coordinate(uint8_t component)
{
    return component < 95 ? component / 95.0 : 1 + (component - 95) / 40.0;
}

static stg_color to_256(stg_color color)
{
    const double red = color.red / 255.0;
    const double green = color.green / 255.0;
    const double blue = color.blue / 255.0;
    double highest = red > green ? red : green;
    double lowest = red < green ? red : green;
    highest = blue > highest ? blue : highest;
    lowest = blue < lowest ? blue : lowest;
    const double sum = highest + lowest;
    const double range = highest - lowest;
    double saturation = 0;
    if (range > 0)
        saturation = sum / 2 <= 0.5 ? range / sum : range / (2.0 - highest - lowest);
    int number;
    if (saturation < 0.15) {
        const int gray = round_half_even(sum / 2 * 25.0);
        number = gray == 0 ? 16 : gray == 25 ? 231 : 231 + gray;
    } else {
        number = 16 + 36 * round_half_even(cube_coordinate(color.red)) +
                 6 * round_half_even(cube_coordinate(color.green)) +
                 round_half_even(cube_coordinate(color.blue));
    }
    return (stg_color){.kind = STG_COLOR_256, .red = (uint8_t)number};
}

/* The distance between two colours: Rich's measure, before its square root. */
static int distance(staged_rgb a, staged_rgb b)
{
    const int mean = (a.red + b.red) / 2;
    const int red = a.red - b.red;
    const int green = a.green - b.green;
    const int blue = a.blue - b.blue;
    return (((512 + mean) * red * red) >> 8) + 4 * green * green +
           (((767 - mean) * blue * blue) >> 8);
}

static stg_color to_standard(staged_rgb rgb)
{
    uint8_t nearest = 0;
    int least = distance(rgb, standard_palette[0]);
    for (uint8_t i = 1; i < 16; i++) {
        const int difference = distance(rgb, standard_palette[i]);
        if (difference < least) {
            least = difference;
            nearest = i;
        }
    }
    return (stg_color){.kind = STG_COLOR_STANDARD, .red = nearest};
}

stg_color stg_color_downgrade(stg_color color, stg_color_system system)
{
    if (system == STG_COLORS_256 && color.kind == STG_COLOR_TRUE)
        return to_256(color);
    if (system == STG_COLORS_STANDARD && color.kind == STG_COLOR_TRUE)
        return to_standard((staged_rgb){color.red, color.green, color.blue});
    if (system == STG_COLORS_STANDARD && color.kind == STG_COLOR_256)
        return to_standard(rgb_of_number(color.red));
    return color;
}

size_t stg_color_sgr(stg_color color, bool foreground, char *out)
{
    const int base = foreground ? 30 : 40;
    int length = 0;
    switch ((stg_color_kind)color.kind) {
    case STG_COLOR_UNSET:
        break;
    case STG_COLOR_DEFAULT:
        length = snprintf(out, STG_COLOR_SGR_MAX, "%d", base + 9);
        break;
    case STG_COLOR_STANDARD:
        length =
            snprintf(out, STG_COLOR_SGR_MAX, "%d", base + color.red + (color.red < 8 ? 0 : 52));
        break;
    case STG_COLOR_256:
        length = snprintf(out, STG_COLOR_SGR_MAX, "%d;5;%d", base + 8, color.red);
        break;
    case STG_COLOR_TRUE:
        length = snprintf(out, STG_COLOR_SGR_MAX, "%d;2;%d;%d;%d", base + 8, color.red, color.green,
                          color.blue);
        break;
    }
    return (size_t)length;
}

staged_rgb stg_color_rgb(stg_color color, const staged_terminal_theme *theme, bool foreground)
{
    switch ((stg_color_kind)color.kind) {
    case STG_COLOR_STANDARD:
        return theme->ansi[color.red & 15];
    case STG_COLOR_256:
        return rgb_of_number(color.red);
    case STG_COLOR_TRUE:
        return (staged_rgb){color.red, color.green, color.blue};
    case STG_COLOR_UNSET:
    case STG_COLOR_DEFAULT:
        break;
    }
    return foreground ? theme->foreground : theme->background;
}

staged_rgb stg_rgb_blend(staged_rgb a, staged_rgb b, double part)
{
    return (staged_rgb){(uint8_t)(a.red + (b.red - a.red) * part),
                        (uint8_t)(a.green + (b.green - a.green) * part),
                        (uint8_t)(a.blue + (b.blue - a.blue) * part)};
}
