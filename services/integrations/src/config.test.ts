import { loadConfig } from '@clientele/kit'
import { config, webhookSettings } from './config.js'

test('without any setting the schedule, the port and the limits are the safe ones', () => {
  expect(loadConfig(config, {})).toEqual({
    WEBHOOK_ALLOW_LOOPBACK: false,
    WEBHOOK_PORTS: [443],
    WEBHOOK_RETRY_SECONDS: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400],
    WEBHOOK_TIMEOUT_MS: 15_000,
    WEBHOOK_CONCURRENCY: 8,
    WEBHOOK_LOG_DAYS: 30,
  })
  expect(webhookSettings({})).toEqual(loadConfig(config, {}))
})

test('lists are read with or without blanks', () => {
  const env = { WEBHOOK_PORTS: '443, 8443', WEBHOOK_RETRY_SECONDS: '0,1', WEBHOOK_ALLOW_LOOPBACK: 'true' }
  expect(loadConfig(config, env)).toMatchObject({
    WEBHOOK_PORTS: [443, 8443],
    WEBHOOK_RETRY_SECONDS: [0, 1],
    WEBHOOK_ALLOW_LOOPBACK: true,
  })
})

test('all faults are told together, by the names of the variables', () => {
  const env = {
    WEBHOOK_ALLOW_LOOPBACK: 'yes',
    WEBHOOK_PORTS: '443,',
    WEBHOOK_RETRY_SECONDS: 'soon',
    WEBHOOK_TIMEOUT_MS: '1',
  }
  const fields = Object.keys(env).map((path) => expect.objectContaining({ path }))
  expect(() => loadConfig(config, env)).toThrow(expect.objectContaining({ reason: 'config.invalid', fields }))
})
