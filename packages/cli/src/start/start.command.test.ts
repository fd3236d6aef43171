import { UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { refuseSharedPorts } from './ports.js'
import { readyText } from './ready-text.js'
import { start } from './start.command.js'

test.each([['--port', '3'], ['extra']])('start %s is refused, not ignored', async (...args) => {
  await expect(start.run(args)).rejects.toThrow(UsageError)
})

test('two parts on one port are told by their settings', () => {
  const check = (env: Record<string, string>) => () => refuseSharedPorts(readConfig(env))
  expect(check({})).not.toThrow()
  expect(check({ PORT: '4022' })).toThrow(
    new UsageError('PORT and CLIENTELE_NATS_PORT are both 4022. Give each its own port.'),
  )
  expect(check({ CLIENTELE_POSTGRES_PORT: '9', CLIENTELE_ISSUER_PORT: '9' })).toThrow(/POSTGRES_PORT and .*ISSUER_PORT/)
  expect(check({ PORT: '4022', NATS_URL: 'nats://127.0.0.1:4022' })).not.toThrow()
  expect(check({ METRICS_PORT: '4000' })).toThrow(/PORT and METRICS_PORT are both 4000/)
  expect(check({ PORT: '0', CLIENTELE_NATS_PORT: '0' })).not.toThrow()
})

test('the ready text offers demo users only where the issuer is ours', () => {
  const told = {
    url: 'http://127.0.0.1:4000',
    home: '/srv/data',
    issuer: 'https://sso.example',
    embedded: [],
    metricsUrl: undefined,
  }
  const foreign = readyText(told, 1.25)
  expect(foreign).toContain('$CLIENTELE_TOKEN')
  expect(foreign).not.toMatch(/demo users|--as manager/)
  const own = readyText({ ...told, demoToken: async () => '' }, 1.25)
  expect(own).toMatch(/demo users.*manager \(acme: manager\)/)
  expect(own).toContain('$(npx clientele token --as manager)')
  expect(own).not.toContain('metrics')
  expect(readyText({ ...told, metricsUrl: 'http://127.0.0.1:9100' }, 1)).toContain('http://127.0.0.1:9100/metrics')
  expect(own.endsWith('\nready in 1.3 s: http://127.0.0.1:4000')).toBe(true)
})
