typedef int stg_args_placeholder;
