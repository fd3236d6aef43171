import { startFixture } from '../../fixture/platform.js'

test('what else the process serves is answered beside GraphQL, and nothing that is the gateway’s own', async () => {
  const fixture = await startFixture({
    beside: async ({ url }, response) => {
      if (!url?.startsWith('/calendar/') && url !== '/livez') return false
      response.end('beside')
      return true
    },
  })
  try {
    const get = async (path: string) => {
      const response = await fetch(fixture.gateway.url + path)
      return [response.status, await response.text()]
    }
    expect(await get('/calendar/a')).toEqual([200, 'beside'])
    expect(await get('/livez')).toEqual([200, expect.stringContaining('ok')])
    expect(await get('/calendars')).toEqual([404, expect.any(String)])
    expect(await fixture.ask('{ customer(id: 1) { id } }')).toMatchObject({ status: 200 })
  } finally {
    await fixture.stop()
  }
})
