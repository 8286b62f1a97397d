.PHONY: run test lint fix shell update i18n clean
.SILENT:

PORT ?= 8069

run:     ; PORT=$(PORT) bin/run
test:    ; bin/test
lint:    ; bin/lint
fix:     ; bin/bootstrap test && .local/venv/bin/ruff check --fix . && .local/venv/bin/ruff format .
shell:   ; bin/shell
update:  ; bin/update
i18n:    ; bin/i18n
clean:   ; bin/clean
