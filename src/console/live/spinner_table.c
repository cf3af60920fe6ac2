/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The spinners: names, times and frames as Rich and cli-spinners have them. */
#include "console/live/spinner_table.h"

#include <string.h>

/* Frames are ended with newlines. */
static const stg_spinner_frames spinners[] = {
    {"dots", 80, 10, "⠋\n⠙\n⠹\n⠸\n⠼\n⠴\n⠦\n⠧\n⠇\n⠏\n"},
    {"dots2", 80, 8, "⣾\n⣽\n⣻\n⢿\n⡿\n⣟\n⣯\n⣷\n"},
    {"dots3", 80, 10, "⠋\n⠙\n⠚\n⠞\n⠖\n⠦\n⠴\n⠲\n⠳\n⠓\n"},
    {"dots4", 80, 14, "⠄\n⠆\n⠇\n⠋\n⠙\n⠸\n⠰\n⠠\n⠰\n⠸\n⠙\n⠋\n⠇\n⠆\n"},
    {"dots5", 80, 17, "⠋\n⠙\n⠚\n⠒\n⠂\n⠂\n⠒\n⠲\n⠴\n⠦\n⠖\n⠒\n⠐\n⠐\n⠒\n⠓\n⠋\n"},
    {"dots6", 80, 24, "⠁\n⠉\n⠙\n⠚\n⠒\n⠂\n⠂\n⠒\n⠲\n⠴\n⠤\n⠄\n⠄\n⠤\n⠴\n⠲\n⠒\n⠂\n⠂\n⠒\n⠚\n⠙\n⠉\n⠁\n"},
    {"dots7", 80, 24, "⠈\n⠉\n⠋\n⠓\n⠒\n⠐\n⠐\n⠒\n⠖\n⠦\n⠤\n⠠\n⠠\n⠤\n⠦\n⠖\n⠒\n⠐\n⠐\n⠒\n⠓\n⠋\n⠉\n⠈\n"},
    {"dots8", 80, 29,
     "⠁\n⠁\n⠉\n⠙\n⠚\n⠒\n⠂\n⠂\n⠒\n⠲\n⠴\n⠤\n⠄\n⠄\n⠤\n⠠\n⠠\n⠤\n⠦\n⠖\n⠒\n⠐\n⠐\n⠒\n⠓\n⠋\n"
     "⠉\n⠈\n⠈\n"},
    {"dots9", 80, 8, "⢹\n⢺\n⢼\n⣸\n⣇\n⡧\n⡗\n⡏\n"},
    {"dots10", 80, 7, "⢄\n⢂\n⢁\n⡁\n⡈\n⡐\n⡠\n"},
    {"dots11", 100, 8, "⠁\n⠂\n⠄\n⡀\n⢀\n⠠\n⠐\n⠈\n"},
    {"dots12", 80, 56,
     "⢀⠀\n⡀⠀\n⠄⠀\n⢂⠀\n⡂⠀\n⠅⠀\n⢃⠀\n⡃⠀\n⠍⠀\n⢋⠀\n⡋⠀\n⠍⠁\n⢋⠁\n⡋⠁\n⠍⠉\n⠋⠉\n⠋⠉\n⠉⠙\n⠉⠙\n⠉⠩\n"
     "⠈⢙\n⠈⡙\n⢈⠩\n⡀⢙\n⠄⡙\n⢂⠩\n⡂⢘\n⠅⡘\n⢃⠨\n⡃⢐\n⠍⡐\n⢋⠠\n⡋⢀\n⠍⡁\n⢋⠁\n⡋⠁\n⠍⠉\n⠋⠉\n⠋⠉\n⠉⠙\n"
     "⠉⠙\n⠉⠩\n⠈⢙\n⠈⡙\n⠈⠩\n⠀⢙\n⠀⡙\n⠀⠩\n⠀⢘\n⠀⡘\n⠀⠨\n⠀⢐\n⠀⡐\n⠀⠠\n⠀⢀\n⠀⡀\n"},
    {"line", 130, 4, "-\n\\\n|\n/\n"},
    {"line2", 100, 6, "⠂\n-\n–\n—\n–\n-\n"},
    {"pipe", 100, 8, "┤\n┘\n┴\n└\n├\n┌\n┬\n┐\n"},
    {"simpleDots", 400, 4, ".  \n.. \n...\n   \n"},
    {"simpleDotsScrolling", 200, 6, ".  \n.. \n...\n ..\n  .\n   \n"},
    {"star", 70, 6, "✶\n✸\n✹\n✺\n✹\n✷\n"},
    {"star2", 80, 3, "+\nx\n*\n"},
    {"flip", 70, 12, "_\n_\n_\n-\n`\n`\n'\n´\n-\n_\n_\n_\n"},
    {"hamburger", 100, 3, "☱\n☲\n☴\n"},
    {"growVertical", 120, 10, "▁\n▃\n▄\n▅\n▆\n▇\n▆\n▅\n▄\n▃\n"},
    {"growHorizontal", 120, 12, "▏\n▎\n▍\n▌\n▋\n▊\n▉\n▊\n▋\n▌\n▍\n▎\n"},
    {"balloon", 140, 7, " \n.\no\nO\n@\n*\n \n"},
    {"balloon2", 120, 7, ".\no\nO\n°\nO\no\n.\n"},
    {"noise", 100, 3, "▓\n▒\n░\n"},
    {"bounce", 120, 4, "⠁\n⠂\n⠄\n⠂\n"},
    {"boxBounce", 120, 4, "▖\n▘\n▝\n▗\n"},
    {"boxBounce2", 100, 4, "▌\n▀\n▐\n▄\n"},
    {"triangle", 50, 4, "◢\n◣\n◤\n◥\n"},
    {"arc", 100, 6, "◜\n◠\n◝\n◞\n◡\n◟\n"},
    {"circle", 120, 3, "◡\n⊙\n◠\n"},
    {"squareCorners", 180, 4, "◰\n◳\n◲\n◱\n"},
    {"circleQuarters", 120, 4, "◴\n◷\n◶\n◵\n"},
    {"circleHalves", 50, 4, "◐\n◓\n◑\n◒\n"},
    {"squish", 100, 2, "╫\n╪\n"},
    {"toggle", 250, 2, "⊶\n⊷\n"},
    {"toggle2", 80, 2, "▫\n▪\n"},
    {"toggle3", 120, 2, "□\n■\n"},
    {"arrow", 100, 8, "←\n↖\n↑\n↗\n→\n↘\n↓\n↙\n"},
    {"arrow3", 120, 6, "▹▹▹▹▹\n▸▹▹▹▹\n▹▸▹▹▹\n▹▹▸▹▹\n▹▹▹▸▹\n▹▹▹▹▸\n"},
    {"bouncingBar", 80, 15,
     "[    ]\n[=   ]\n[==  ]\n[=== ]\n[ ===]\n[  ==]\n[   =]\n[    ]\n[   =]\n[  ==]\n"
     "[ ===]\n[====]\n[=== ]\n[==  ]\n[=   ]\n"},
    {"bouncingBall", 80, 10,
     "( ●    )\n(  ●   )\n(   ●  )\n(    ● )\n(     ●)\n(    ● )\n(   ●  )\n(  ●   )\n"
     "( ●    )\n(●     )\n"},
    {"clock", 100, 12, "🕛 \n🕐 \n🕑 \n🕒 \n🕓 \n🕔 \n🕕 \n🕖 \n🕗 \n🕘 \n🕙 \n🕚 \n"},
    {"earth", 180, 3, "🌍 \n🌎 \n🌏 \n"},
    {"moon", 80, 8, "🌑 \n🌒 \n🌓 \n🌔 \n🌕 \n🌖 \n🌗 \n🌘 \n"},
    {"runner", 140, 2, "🚶 \n🏃 \n"},
    {"hearts", 100, 5, "💛 \n💙 \n💜 \n💚 \n❤️ \n"},
    {"pong", 80, 30,
     "▐⠂       ▌\n▐⠈       ▌\n▐ ⠂      ▌\n▐ ⠠      ▌\n▐  ⡀     ▌\n▐  ⠠     ▌\n"
     "▐   ⠂    ▌\n▐   ⠈    ▌\n▐    ⠂   ▌\n▐    ⠠   ▌\n▐     ⡀  ▌\n▐     ⠠  ▌\n"
     "▐      ⠂ ▌\n▐      ⠈ ▌\n▐       ⠂▌\n▐       ⠠▌\n▐       ⡀▌\n▐      ⠠ ▌\n"
     "▐      ⠂ ▌\n▐     ⠈  ▌\n▐     ⠂  ▌\n▐    ⠠   ▌\n▐    ⡀   ▌\n▐   ⠠    ▌\n"
     "▐   ⠂    ▌\n▐  ⠈     ▌\n▐  ⠂     ▌\n▐ ⠠      ▌\n▐ ⡀      ▌\n▐⠠       ▌\n"},
    {"dqpb", 100, 4, "d\nq\np\nb\n"},
    {"point", 125, 5, "∙∙∙\n●∙∙\n∙●∙\n∙∙●\n∙∙∙\n"},
    {"layer", 150, 3, "-\n=\n≡\n"},
    {"betaWave", 80, 7, "ρββββββ\nβρβββββ\nββρββββ\nβββρβββ\nββββρββ\nβββββρβ\nββββββρ\n"},
    {"aesthetic", 80, 8,
     "▰▱▱▱▱▱▱\n▰▰▱▱▱▱▱\n▰▰▰▱▱▱▱\n▰▰▰▰▱▱▱\n▰▰▰▰▰▱▱\n▰▰▰▰▰▰▱\n▰▰▰▰▰▰▰\n▰▱▱▱▱▱▱\n"},
};

const stg_spinner_frames *stg_spinner_find(const char *name)
{
    for (size_t i = 0; i < sizeof spinners / sizeof *spinners; i++)
        if (strcmp(spinners[i].name, name) == 0)
            return &spinners[i];
    return NULL;
}

const char *stg_spinner_frame(const stg_spinner_frames *spinner, size_t number, size_t *length)
{
    const char *frame = spinner->frames;
    for (size_t i = 0; i < number % spinner->count; i++)
        frame = strchr(frame, '\n') + 1;
    *length = strcspn(frame, "\n");
    return frame;
}
