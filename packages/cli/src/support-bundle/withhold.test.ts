import { withhold } from './withhold.js'

const clean = withhold({
  DATABASE_URL: 'postgres://app:p%40ss%2Fword@db:5432/profiles?sslpassword=of-the-key',
  NATS_URL: 'nats://token-of-nats@nats:4222',
  AWS_SECRET_ACCESS_KEY: 'longer-secret-and-more',
  SHORTER_TOKEN: 'longer-secret',
  PGPASSWORD: 'of-the-shell',
  ODD_SECRET: 'short',
  QUOTED_SECRET: 'say "friend" \\ enter',
  CLIENTELE_VAULT_KEY: 'clientele',
  CLIENTELE_VAULT_TOKEN_FILE: '/run/vault-token',
  LOG_LEVEL: 'debug-of-all',
})

test.each([
  ['p%40ss%2Fword', '[redacted]'],
  ['the password is p@ss/word.', 'the password is [redacted].'],
  ['of-the-key, token-of-nats, of-the-shell', '[redacted], [redacted], [redacted]'],
  ['longer-secret-and-more', '[redacted]'],
  ['longer-secret', '[redacted]'],
  [JSON.stringify({ found: 'say "friend" \\ enter' }), '{"found":"[redacted]"}'],
  // Names, paths, and words that are too short to be taken out wherever they stand.
  [
    'clientele_outbox_events short /run/vault-token debug-of-all app@db',
    'clientele_outbox_events short /run/vault-token debug-of-all app@db',
  ],
])('%j is told as %j', (text, expected) => {
  expect(clean(text)).toBe(expected)
})
