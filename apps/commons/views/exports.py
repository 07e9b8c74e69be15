"""Public lists as tables, for whoever counts for themselves."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from apps.commons.selectors import exports
from apps.core.tables import csv_lines


@require_safe
def orders(_request: HttpRequest) -> StreamingHttpResponse:
    """Answer with all orders of courts and governments."""
    return _table("orders", exports.ORDERS, exports.order_rows())


@require_safe
def cases(_request: HttpRequest) -> StreamingHttpResponse:
    """Answer with all public cases."""
    return _table("cases", exports.CASES, exports.case_rows())


@require_safe
def concentration(_request: HttpRequest) -> StreamingHttpResponse:
    """Answer with what every owner has."""
    return _table("concentration", exports.OWNERS, exports.owner_rows())


def _table(
    name: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(
        csv_lines(head, rows), content_type="text/csv; charset=utf-8; header=present"
    )
    answer["Content-Disposition"] = f'attachment; filename="sangam-{name}.csv"'
    return answer
