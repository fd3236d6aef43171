import { exchangeRates, tenantSettings } from './settings.actions.js'

export const replicateSettings = tenantSettings.consumer('segmentation-tenant-settings-replica')
export const replicateRates = exchangeRates.consumer('segmentation-exchange-rates-replica')
