import {
  accountCheck,
  type Check,
  certificateChecks,
  databaseCheck,
  type Environment,
  type Finding,
  issuerCheck,
  type KnownSurroundings,
  knownSurroundings,
  natsChecks,
  processSettings,
  publicSettings,
  rightSettings,
  roomChecks,
  runChecks,
} from '@clientele/kit'
import { version } from '../version.js'
import { neighbourChecks, publicUrlChecks } from './check-neighbours.js'
import { platformCheck } from './check-platform.js'
import { settingsCheck } from './check-settings.js'
import type { Part } from './part.js'

export interface DiagnosisOfPart {
  version: string
  part: string
  findings: Finding[]
}

/** Everything that can be looked at around a part, by those of its settings that are right. */
export const diagnose = async (part: Part, env: Environment): Promise<DiagnosisOfPart> => {
  const known = part.services.map((service) => knownSurroundings(service, env))
  const { OIDC_ISSUER_URL: shared } = rightSettings(processSettings.pick({ OIDC_ISSUER_URL: true }), env)
  const issuers = new Set([...(shared ? [shared] : []), ...known.flatMap(({ issuer }) => issuer ?? [])])
  const { PUBLIC_URL: publicUrl } = rightSettings(publicSettings, env)
  const findings = await runChecks([
    platformCheck(),
    settingsCheck(part, env),
    ...roomChecks(known),
    ...known.filter(({ database }) => Object.keys(database).length).map(databaseCheck),
    ...natsChecks(known),
    ...[...issuers].map(issuerCheck),
    ...known.map(accountCheck),
    ...known.flatMap(ownChecks),
    ...certificateChecks(namedUrls(part, env)),
    ...publicUrlChecks(publicUrl),
    ...(part.isApart ? neighbourChecks(env) : []),
  ])
  return { version: await version(), part: part.name, findings }
}

const ownChecks = ({ service, account, issuer, settings }: KnownSurroundings): Check[] =>
  (service.diagnoses ?? []).map(({ name, run }) => ({
    name: `${name}.${service.name}`,
    run: (report) =>
      run(report, { settings, account: { issuer: account && issuer, token: account?.token ?? noAccount } }),
  }))

const noAccount = () => Promise.reject(new Error('the account of the service is not set'))

/** Every setting of a part that is a URL. */
const namedUrls = (part: Part, env: Environment) =>
  [...new Set(part.variables)].flatMap((setting) => {
    const url = env[setting]?.trim()
    return url && /(_URL|_ADDR|_ENDPOINT)$/.test(setting) && URL.canParse(url) ? [{ setting, url }] : []
  })
