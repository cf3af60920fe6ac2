typedef int stg_process_placeholder;
