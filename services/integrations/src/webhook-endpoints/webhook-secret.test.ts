import { Webhook } from 'standardwebhooks'
import { newSecret, signaturesOf } from './webhook-secret.js'

const id = '0199a1b2-0000-7000-8000-000000000001'
const body = '{"text":"你好 👋 مرحبا"}'
const now = () => Math.floor(Date.now() / 1000)
const headers = (signature: string, timestamp = now(), webhookId = id) => ({
  'webhook-id': webhookId,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': signature,
})

test('a signature is the one that Standard Webhooks gives for the same message', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  expect(signaturesOf([secret], 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

test('the library verifies what we sign, with each of several secrets', () => {
  const [fresh, old, other] = [newSecret(), newSecret(), newSecret()]
  const signature = signaturesOf([fresh, old], id, now(), body)
  for (const secret of [fresh, old]) {
    expect(new Webhook(secret).verify(body, headers(signature))).toEqual(JSON.parse(body))
  }
  expect(() => new Webhook(other).verify(body, headers(signature))).toThrow('No matching signature')
})

test.each([
  ['body', (signature: string, at: number) => [body.replace('你', '我'), headers(signature, at)]],
  ['id', (signature: string, at: number) => [body, headers(signature, at, `${id.slice(0, -1)}2`)]],
  ['timestamp', (signature: string, at: number) => [body, headers(signature, at + 1)]],
  ['signature', (signature: string, at: number) => [body, headers(signature.replace(/.=$/, 'x='), at)]],
] as const)('a changed %s is found out', (_, tamper) => {
  const secret = newSecret()
  const at = now()
  const signature = signaturesOf([secret], id, at, body)
  const [text, changed] = tamper(signature, at) as [string, Record<string, string>]
  expect(new Webhook(secret).verify(body, headers(signature, at))).toEqual(JSON.parse(body))
  expect(() => new Webhook(secret).verify(text, changed)).toThrow()
})

test('secrets are 256 random bits', () => {
  const secrets = Array.from({ length: 100 }, newSecret)
  expect(new Set(secrets).size).toBe(100)
  for (const secret of secrets) expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32)
})
