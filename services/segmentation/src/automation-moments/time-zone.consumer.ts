import { tenantSettingsChanged } from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { Automation } from '../automations/automation.entity.js'
import { tenantSettings } from '../settings/settings.actions.js'
import { moveOn } from './schedule.actions.js'

/** A tenant that moves to another time zone has its schedules by the clock there, from the next moment on. */
export const followTimeZone = consumeBatch(
  'segmentation-automation-time-zone',
  [tenantSettingsChanged],
  async (tx, events) => {
    await tenantSettings.keep(
      tx,
      events.map(({ data }) => data),
    )
    await moveOn(tx, await tx.em.find(Automation, { status: 'ACTIVE', event: 'SCHEDULED' }, { orderBy: { id: 'asc' } }))
  },
)
