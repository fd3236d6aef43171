import { type MasterKeys, openAllValues } from '@clientele/kit'
import type pg from 'pg'

/** The sensitive values of a tenant in clear, service by service. */
export const revealedValues =
  (tenant: string, masterKeys: MasterKeys) =>
  (service: string, client: pg.Client): AsyncIterable<object> =>
    openAllValues({ service, tenant, masterKeys, client })
