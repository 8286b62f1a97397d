.PHONY: run test test-upstream bench captures lighthouse lint fix shell update demo index backup restore i18n clean
.SILENT:

PORT ?= 8069

run:     ; PORT=$(PORT) bin/run
test:    ; $(if $(m),bin/test-module "$(m)" "$(t)",bin/test)
test-upstream: ; bin/test-upstream
lint:    ; bin/lint
fix:     ; bin/bootstrap test && .local/venv/bin/ruff check --fix . && .local/venv/bin/ruff format .
shell:   ; bin/shell
update:  ; bin/update
demo:    ; bin/demo
index:   ; bin/index
bench:   ; bin/bench $(s)
captures: ; bin/captures $(to)
lighthouse: ; bin/lighthouse
backup:  ; bin/backup
restore: ; bin/restore "$(from)" $(to)
i18n:    ; bin/i18n
clean:   ; bin/clean
