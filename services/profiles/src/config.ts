import { timeZoneName } from '@clientele/business-calendar'
import { fileStoreSettings } from '@clientele/files'
import { url, whole } from '@clientele/kit'
import { z } from 'zod'
import { countryCode } from './addresses/country.js'

/** The service's own settings. */
export const config = fileStoreSettings.extend({
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
