import type { Environment } from '@clientele/kit'

const secretive = /PASSW|SECRET|(^|_)(PASS|TOKEN|KEY|CREDENTIALS?|HEADERS)(_|$)/
/** Paths and names of keys, and a rate. */
const harmless = /_FILE$|^CLIENTELE_VAULT_KEY$|_PER_TOKEN$/
/** Shorter ones are words that stand everywhere. */
const shortest = 6
const withheld = '[redacted]'

/** Takes every secret of the environment out of a text, wherever it came from: the last of several things that keep it out. */
export const withhold = (env: Environment): ((text: string) => string) => {
  const secrets = new Set<string>()
  const keep = (value: string | undefined) => {
    if (!value || value.length < shortest) return
    // Most of the texts are JSON, where quotes and backslashes are written otherwise.
    for (const written of [value, JSON.stringify(value).slice(1, -1)]) secrets.add(written)
  }
  for (const [name, value = ''] of Object.entries(env)) {
    if (secretive.test(name) && !harmless.test(name)) keep(value.trim())
    if (!URL.canParse(value)) continue
    const { username, password, searchParams } = new URL(value)
    for (const part of [password, ...searchParams.values()]) {
      keep(part)
      keep(decoded(part))
    }
    // Alone it is a token.
    if (!password) keep(decoded(username))
  }
  const longestFirst = [...secrets].toSorted((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce((clean, secret) => clean.replaceAll(secret, withheld), text)
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
