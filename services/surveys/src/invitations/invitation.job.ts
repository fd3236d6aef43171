import type { Job } from '@clientele/kit'
import { expireInvitations } from './invitation.actions.js'

const most = 100

/** Expires the invitations whose time has come, tenant by tenant, 100 in a round. */
export const expireInvitationsJob: Job = {
  name: 'surveys-expire-invitations',
  everyMs: 60_000,
  run: async ({ system, now, forTenant }) => {
    const { rows } = await system.query<{ tenant: string; id: string }>(
      `select tenant, id from survey_invitation where status = 'ISSUED' and expires_at <= $1 order by tenant, expires_at limit $2`,
      [now(), most],
    )
    let expired = 0
    for (const [tenant, due] of Map.groupBy(rows, (row) => row.tenant)) {
      expired += await expireInvitations(
        forTenant(tenant),
        due.map(({ id }) => id),
      )
    }
    return expired
  },
}
