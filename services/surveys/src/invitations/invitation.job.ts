import { isolateFailures, type Job } from '@clientele/kit'
import { expireInvitations } from './invitation.actions.js'

const most = 100

/** Expires invitations when their time has come, a second late at most: up to 100 of each tenant in a round. */
export const expireInvitationsJob: Job = {
  name: 'surveys-expire-invitations',
  everyMs: 1_000,
  run: async ({ system, now, forTenant, setAside }) => {
    const { rows } = await system.query<{ tenant: string; ids: string[] }>(
      `select tenant, array_agg(id) as ids from (
         select tenant, id, row_number() over (partition by tenant order by expires_at) as place
         from survey_invitation where status = 'ISSUED' and expires_at <= $1 and id <> all($3::uuid[])
       ) as due where place <= $2 group by tenant`,
      [now(), most, setAside.ids()],
    )
    let expired = 0
    for (const { tenant, ids } of rows) {
      const failed = await isolateFailures(ids, async (some) => {
        expired += await expireInvitations(forTenant(tenant), some)
      })
      for (const [invitation, error] of failed) setAside.add(invitation, error, { tenant, invitation })
    }
    return expired
  },
}
