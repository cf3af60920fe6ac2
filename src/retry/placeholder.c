typedef int stg_retry_placeholder;
