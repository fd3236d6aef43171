import { ratesReplica, type SharedRates, type SharedSettings, settingsReplica } from '@clientele/contracts'
import { documentReplica } from '@clientele/kit'

/** What this service knows of the settings of tenants, which belong to profiles. */
export const tenantSettings = documentReplica<SharedSettings>(settingsReplica)

/** What it knows of their latest exchange rates. */
export const exchangeRates = documentReplica<SharedRates>(ratesReplica)
