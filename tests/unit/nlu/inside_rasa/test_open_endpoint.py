"""The connection to the action server is opened once, and opened anew after the server came back."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.nlu.open_endpoint import OpenEndpoint


async def serve(port=0):
    connections = set()

    async def answer(request):
        connections.add(request.transport)
        if request.query.get("fail"):
            return web.json_response({"error": "no"}, status=500)
        return web.json_response(await request.json())

    app = web.Application()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    return runner, runner.addresses[0][1], connections


def test_many_actions_share_one_connection_and_a_restart_is_survived():
    async def talk():
        runner, port, connections = await serve()
        endpoint = OpenEndpoint.like(EndpointConfig(f"http://127.0.0.1:{port}/webhook?token=t"))
        for number in range(5):
            assert await endpoint.request(json={"number": number}) == {"number": number}
        assert len(connections) == 1
        await runner.cleanup()
        runner, _, _ = await serve(port)
        assert await endpoint.request(json={"back": True}) == {"back": True}
        await endpoint.close()
        await runner.cleanup()

    asyncio.run(talk())


def test_an_error_is_rasas_own_and_the_endpoint_goes_on():
    async def talk():
        runner, port, _ = await serve()
        endpoint = OpenEndpoint.like(EndpointConfig(f"http://127.0.0.1:{port}/webhook", params={"fail": "1"}))
        for _ in range(2):
            with pytest.raises(ClientResponseError):
                await endpoint.request(json={})
        await endpoint.close()
        await runner.cleanup()

    asyncio.run(talk())
