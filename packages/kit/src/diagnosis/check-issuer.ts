import { accountRoleOf, serviceRole } from '@clientele/contracts'
import type { ServiceAccount } from '../auth/client-credentials.js'
import { fetchKeys, locateKeys } from '../auth/key-set.js'
import { createVerifier, usualAlgorithms } from '../auth/verify-token.js'
import { checkClock } from './check-clock.js'
import { type Check, counted, type Report } from './finding.js'
import type { KnownSurroundings } from './known-surroundings.js'

/** What is said for an account that has no tenant of its own. */
const tenant = 'doctor'
const runbook = 'docs/runbooks/serve.md, step 4'

/** An issuer: its discovery document, its keys, its clock. */
export const issuerCheck = (issuer: string): Check => ({
  name: 'issuer',
  run: async (report) => {
    const remedy = `OIDC_ISSUER_URL must be what the issuer calls itself, letter by letter, and be reached from here.`
    const uri = await report.attempt('discovery', remedy, () => locateKeys({ issuer }))
    if (!uri) return
    report.ok('discovery', issuer)
    await report.attempt(
      'keys',
      'The issuer must tell its keys, and sign with RSA of 2048 bits or a curve.',
      async () => {
        const { algorithms, left } = await fetchKeys(uri, { issuer })
        const good = [...algorithms].filter((name) => usualAlgorithms.includes(name) || ['RSA', 'EC'].includes(name))
        const found = `signs by ${[...algorithms].join(', ') || 'nothing that is known'}`
        if (!good.length) report.fault('keys', found, `Give the realm a key for ${usualAlgorithms.join(', ')}.`)
        else report.ok('keys', found)
        if (left.length)
          report.warning('keys', `${counted(left.length, 'key')} not used: weak or not understood`, 'Replace them.')
      },
    )
    await report.attempt('clock', remedy, () => checkClock(report, () => dateOf(issuer)))
  },
})

/** The account of a service: whether it gets a token, and whether the token says what the other services want of it. */
export const accountCheck = ({ service, issuer, audience, account }: KnownSurroundings): Check => ({
  name: `account.${service.name}`,
  run: async (report) => {
    if (!account || !issuer) return
    const remedy = `OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be a client's with client credentials (${runbook}).`
    const token = await report.attempt('', remedy, account.token)
    if (token) await checkToken(report, token, { service: service.name, issuer, audience, account })
  },
})

const checkToken = async (
  report: Report,
  token: string,
  { service, issuer, audience }: { service: string; issuer: string; audience: string; account: ServiceAccount },
) => {
  const verifier = createVerifier({ issuer, audience })
  const remedy = `Its token must be of this issuer, for the audience ${audience}, with the tenant *: see infra/keycloak/README.md.`
  const actor = await report.attempt('token', remedy, () => verifier.verify(token, { tenant }))
  if (!actor) return
  const missing = [serviceRole, accountRoleOf(service)].filter((role) => !actor.roles.includes(role))
  if (missing.length) {
    const give = `Give the client's service account these realm roles, and let the client carry them (infra/keycloak/README.md).`
    report.fault('roles', `the token has no ${missing.join(' and no ')}`, give)
  } else
    report.ok('roles', `a token of ${actor.name ?? actor.subject}, with ${serviceRole} and ${accountRoleOf(service)}`)
}

const dateOf = async (issuer: string) => {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(5_000),
  })
  await response.body?.cancel()
  const date = Date.parse(response.headers.get('date') ?? '')
  // It tells whole seconds: on average half of one has passed.
  return Number.isNaN(date) ? undefined : new Date(date + 500)
}
