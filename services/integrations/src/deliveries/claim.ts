import type { JobContext } from '@clientele/kit'
import type { WebhookSettings } from '../config.js'
import { sealedSecret } from '../webhook-endpoints/webhook-secret.js'

/** A delivery that is due and ours until `lease`, with all that is needed to post it. */
export interface Claimed {
  tenant: string
  id: string
  endpointId: string
  eventId: string
  body: string
  cause: 'EVENT' | 'REPLAY' | 'TEST'
  /** Attempts of this round, the coming one included. */
  attempt: number
  url: string
  /** Since when its endpoint has only failed; null where it works. */
  failingSince: Date | null
  secrets: string[]
  lease: Date
}

/** Endpoints that fail have a lane of their own, with one delivery each at a time, so that they never hold up those that work. */
export interface Lane {
  failing: boolean
  perEndpoint: number
  /** How many more the lane takes now. */
  free: number
}

const leaseMarginMs = 30_000

/**
 * Takes due deliveries of one lane, the longest due first, and leases them: when this process dies they are due again after the
 * lease. `underWay` counts deliveries per endpoint id that are not to be exceeded.
 */
export const claimDue = async (
  ctx: Pick<JobContext, 'system' | 'now' | 'forTenant' | 'log'>,
  lane: Lane,
  underWay: ReadonlyMap<string, number>,
  { WEBHOOK_TIMEOUT_MS }: WebhookSettings,
): Promise<Claimed[]> => {
  if (lane.free <= 0) return []
  const at = ctx.now()
  const lease = new Date(at.getTime() + WEBHOOK_TIMEOUT_MS + leaseMarginMs)
  const { rows } = await ctx.system.query<SealedClaim>(claim, [
    at,
    lease,
    lane.failing ? 'FAILING' : 'ACTIVE',
    lane.perEndpoint,
    lane.free,
    JSON.stringify(Object.fromEntries(underWay)),
  ])
  const opened = [...Map.groupBy(rows, ({ tenant }) => tenant)].map(([tenant, claims]) =>
    openSecrets(ctx, tenant, claims).catch((error: unknown) => {
      // Due again when the lease ends; other tenants' are not held up.
      ctx.log.warn({ err: error, tenant }, 'the secrets of due deliveries could not be opened')
      return []
    }),
  )
  return (await Promise.all(opened)).flat().map((claimed) => ({ ...claimed, lease }))
}

type SealedClaim = Omit<Claimed, 'lease' | 'secrets'> & { secrets: string[] }

/** The secrets of a tenant's deliveries, in one statement. */
const openSecrets = async (
  { forTenant }: Pick<JobContext, 'forTenant'>,
  tenant: string,
  claims: readonly SealedClaim[],
): Promise<Omit<Claimed, 'lease'>[]> => {
  const sealed = claims.flatMap(({ endpointId, secrets }) =>
    secrets.map((id) => ({ owner: endpointId, field: sealedSecret(id) })),
  )
  const texts = await forTenant(tenant).keys.openAll(sealed)
  const byField = new Map(sealed.map(({ field }, at) => [field, texts[at] ?? null]))
  const signed = claims.map((claim) => ({
    ...claim,
    secrets: claim.secrets.map((id) => byField.get(sealedSecret(id))).filter((secret) => secret != null),
  }))
  // Nothing goes out unsigned.
  return signed.filter(({ secrets }) => secrets.length)
}

const claim = `
with due as (
  select d.tenant, d.id, e.url, e.failing_since
  from webhook_endpoint e
  cross join lateral (
    select tenant, id, next_at
    from delivery d
    where d.tenant = e.tenant and d.endpoint_id = e.id and d.status = 'PENDING' and d.next_at <= $1
      and (d.leased_until is null or d.leased_until <= $1)
      and (e.ordering = 'PARALLEL' or not exists (
        select from delivery earlier
        where earlier.tenant = d.tenant and earlier.endpoint_id = d.endpoint_id and earlier.status = 'PENDING'
          and earlier.partition_key = d.partition_key and earlier.position < d.position
      ))
    order by next_at
    limit greatest(0, $4::int - coalesce(($6::jsonb ->> e.id::text)::int, 0))
    for update skip locked
  ) d
  where e.status = $3 and (e.paused_until is null or e.paused_until <= $1)
  order by d.next_at
  limit $5
)
update delivery d set leased_until = $2
from due
where d.tenant = due.tenant and d.id = due.id
returning d.tenant, d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", d.body, d.cause,
  d.round_attempts + 1 as attempt, due.url, due.failing_since as "failingSince",
  (
    select coalesce(jsonb_agg(s.id order by s.expires_at desc nulls first), '[]')
    from webhook_secret s
    where s.tenant = d.tenant and s.endpoint_id = d.endpoint_id and (s.expires_at is null or s.expires_at > $1)
  ) as secrets`
