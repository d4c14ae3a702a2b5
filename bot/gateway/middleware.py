"""What holds for every request: safety headers, same origin only, and errors in a form that people can read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.gateway.errors import ApiError, error_response
from bot.gateway.services import SERVICES
from catalog.domain.errors import PairwellError

logger = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
# Draws an error as a page of the shop: request, status, title, message.
ProblemPage = Callable[[web.Request, int, str, str], Awaitable[web.StreamResponse]]

# Product pictures may live on the merchant's own servers; scripts and styles come from here only.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' https: data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SAFETY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_TITLES = {
    403: ("This cannot be done", "The form came from another site or an old page. Go back, reload, and try again."),
    404: ("There is no such page", "It may have moved, or the product is no longer sold."),
    413: ("That was too much", "The form is larger than this shop takes."),
}


async def add_safety_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the safety headers on every answer, streams and files too; one that set its own keeps it."""
    for name, value in SAFETY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse changes that another site's page asks for, as browsers tell us."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        origin = request.headers.get("Origin")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != request.host.lower()
        if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise ApiError(403, "other_origin", "this request comes from another site")
    return await handler(request)


def errors_for(problem_page: ProblemPage) -> Middleware:
    """The middleware that answers errors: JSON under /api, a page of the shop elsewhere. No stack traces."""

    @web.middleware
    async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ApiError as refusal:
            problem = refusal
        except web.HTTPException as answer:
            if answer.status < 400:
                raise
            headers = {"Allow": answer.headers["Allow"]} if "Allow" in answer.headers else None
            code = answer.reason.lower().replace(" ", "_")
            message = "the body is too large; 1 MB at most" if answer.status == 413 else answer.reason
            problem = ApiError(answer.status, code, message, headers=headers)
        except PairwellError as fault:
            logger.error("request_failed", path=request.path, error=str(fault))
            problem = ApiError(503, "unavailable", "this cannot be done at the moment; try again soon")
        except ConnectionResetError:
            raise
        except Exception:
            logger.exception("request_failed", path=request.path)
            problem = ApiError(500, "internal_error", "something went wrong on our side")
        request.app[SERVICES].metrics.refused.labels(problem.code).inc()
        if request.path.startswith(("/api/", "/webhooks/")):
            return problem.response()
        title, message = _TITLES.get(problem.status, ("Something went wrong", "Please try again in a moment."))
        return await _page_or_json(problem_page, request, problem, title, message)

    return errors


async def _page_or_json(
    problem_page: ProblemPage, request: web.Request, problem: ApiError, title: str, message: str
) -> web.StreamResponse:
    try:
        return await problem_page(request, problem.status, title, message)
    except Exception:
        # The page itself needs the database; without it plain words must do.
        logger.exception("problem_page_failed")
        return error_response(problem.status, problem.code, message)
