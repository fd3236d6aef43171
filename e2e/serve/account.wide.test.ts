import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveAll } from '@clientele/cli/serve/serve'
import { serviceClient } from '@clientele/embedded'
import { until } from '@clientele/testkit'
import { startServeBacking } from './backing.js'

test('a wrong client secret is told at /readyz until it is right at the issuer, and so is an issuer that is away, without a word against the service', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-account-'))
  const backing = await startServeBacking(dir)
  const serving = await serveAll({
    ...backing.env,
    PORT: '0',
    METRICS_PORT: '0',
    LOG_LEVEL: 'error',
    PROFILES_OIDC_CLIENT_SECRET: 'not the secret of this client',
  })
  try {
    await serving.ready
    const readiness = async () => {
      const answer = await fetch(`${serving.url}/readyz`)
      const { checks } = (await answer.json()) as { checks: Record<string, string> }
      return { status: answer.status, account: checks['profiles.account'], other: checks['surveys.account'] }
    }
    const refused = await readiness()
    expect(refused).toEqual({
      status: 503,
      account: expect.stringMatching(/refuses the account clientele-profiles .*invalid_client.*OIDC_CLIENT_SECRET/),
      other: 'ok',
    })
    expect(refused.account).not.toContain('not the secret')

    const metrics = await (await fetch(`${serving.metricsUrl}/metrics`)).text()
    for (const service of ['profiles', 'surveys'])
      expect(metrics).toContain(`clientele_outbox_events{service="${service}"}`)
    expect(metrics).toContain('nodejs_eventloop_lag_seconds')
    expect((await fetch(`${serving.url}/metrics`)).status).toBe(404)

    const file = join(dir, 'issuer', 'issuer.json')
    const keys = JSON.parse(await readFile(file, 'utf8'))
    keys.clients[serviceClient('profiles')] = 'not the secret of this client'
    await writeFile(file, JSON.stringify(keys))
    await backing.restartIssuer()
    expect(await until(async () => (await readiness()).status === 200)).toBe(true)

    const away =
      /^The issuer cannot be reached at http.*: nobody new signs in, and this service has a token that is valid still\.$/
    await backing.restartIssuer(async () => {
      const told = await until(async () => {
        const answer = await readiness()
        return answer.account !== 'ok' && answer.other !== 'ok' && answer
      })
      expect(told).toEqual({ status: 200, account: expect.stringMatching(away), other: expect.stringMatching(away) })
    })
    expect(await until(async () => (await readiness()).other === 'ok')).toBe(true)
  } finally {
    await serving.stop()
    await backing.stop()
    await rm(dir, { recursive: true })
  }
})
