import type { Context, Diagnosis } from '@clientele/kit'
import { ownSettingsOf } from '../config.js'
import { keycloakDirectory } from './keycloak-directory.js'
import { type Staff, StaffSource } from './staff.entity.js'
import type { StaffDirectory } from './staff-directory.js'

type Surroundings = Pick<Context, 'account' | 'settings'>

/** Where staff come from; undefined where all are entered by hand. */
export const directoryOf = ({ account, settings }: Surroundings): StaffDirectory | undefined => {
  const { STAFF_DIRECTORY, STAFF_DIRECTORY_URL } = ownSettingsOf({ settings })
  const url = STAFF_DIRECTORY_URL ?? (account.issuer && adminUrl(account.issuer))
  return STAFF_DIRECTORY === 'off' || !url ? undefined : keycloakDirectory({ url, token: account.token })
}

/** Whether the directory decides on what is known of somebody, and nobody here. */
export const isFromDirectory = (around: Surroundings, { source }: Staff) =>
  source === StaffSource.DIRECTORY && directoryOf(around) !== undefined

/** The admin API of a realm, by its issuer: `https://id.example.com/realms/clientele`. The development issuer is its own realm. */
export const adminUrl = (issuer: string): string => {
  const base = issuer.replace(/\/+$/, '')
  const [, root, realm] = /^(.*)\/realms\/([^/]+)$/.exec(base) ?? []
  return realm ? `${root}/admin/realms/${realm}` : `${base}/admin`
}

/** Whether the account of the service may look at the staff at the identity provider. */
export const directoryDiagnosis: Diagnosis = {
  name: 'directory',
  run: async (report, around) => {
    if (ownSettingsOf(around).STAFF_DIRECTORY === 'off') return report.ok('', 'none: staff are entered by hand')
    const directory = directoryOf(around)
    if (!directory) return
    const tenants = await report.attempt('', directoryRemedy, directory.tenants)
    if (tenants) report.ok('', `organizations that it tells of: ${tenants.length}`)
  },
}

const directoryRemedy =
  'Let the account look at users, groups and organizations (infra/keycloak/README.md, the staff), or set STAFF_DIRECTORY=off.'
