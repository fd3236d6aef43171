import { timeZoneName } from '@clientele/business-calendar'
import { fileStoreSettings } from '@clientele/files'
import { url, whole } from '@clientele/kit'
import { z } from 'zod'
import { countryCode } from './addresses/country.js'

/** The service's own settings. */
export const config = fileStoreSettings.extend({
  /** How many customers a bulk change may be about. */
  BULK_CHANGE_CUSTOMERS: whole(1, 100_000).default(20_000),
  /** The same for those who may change their own alone. */
  BULK_CHANGE_OWN_CUSTOMERS: whole(1, 100_000).default(500),
  /** For how many days a bulk change can be undone after it has ended. */
  BULK_CHANGE_UNDO_DAYS: whole(0, 90).default(7),
  /** After how many days it is forgotten, with what it says of each customer. */
  BULK_CHANGE_DAYS: whole(90, 3_650).default(90),
  DEFAULT_COUNTRY: z
    .string()
    .refine((code) => countryCode(code) === code, 'no such country')
    .describe('the ISO 3166-1 code of the country by which the settings of new tenants are made, such as DE')
    .default('DE'),
  DEFAULT_TIME_ZONE: z
    .string()
    .overwrite((name) => timeZoneName(name) ?? name)
    .refine((name) => timeZoneName(name) === name, 'no such time zone')
    .describe('the name of a time zone by IANA, such as Asia/Shanghai; that of the country unless given')
    .optional(),
  /** Where staff come from; with `off` all are entered by hand. */
  STAFF_DIRECTORY: z.enum(['keycloak', 'off']).default('keycloak').describe('keycloak or off'),
  /** Of Keycloak's admin REST API for the realm: `https://id.example.com/admin/realms/clientele`; made from the issuer unless given. */
  STAFF_DIRECTORY_URL: url().optional(),
  /** How often everybody is compared with the directory. Whoever is not known yet is asked for at once. */
  STAFF_SYNC_MINUTES: whole(1, 1_440).default(60),
})

export type ProfilesSettings = z.output<typeof config>

/** The settings of a context; what its surroundings do not set has its default. */
export const ownSettingsOf = (ctx: { settings: Readonly<Record<string, unknown>> }): ProfilesSettings => ({
  ...config.parse({}),
  ...(ctx.settings as Partial<ProfilesSettings>),
})
