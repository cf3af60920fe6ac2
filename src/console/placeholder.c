typedef int stg_console_placeholder;
