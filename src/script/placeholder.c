typedef int stg_script_placeholder;
