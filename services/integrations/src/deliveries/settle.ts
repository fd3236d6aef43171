import type { JobContext } from '@clientele/kit'
import { v7 as uuidv7 } from 'uuid'
import { giveUpEndpoint } from '../webhook-endpoints/webhook-endpoint.actions.js'
import { WebhookDisabledReason } from '../webhook-endpoints/webhook-endpoint.entity.js'
import type { Claimed } from './claim.js'
import type { Outcome, Verdict } from './verdict.js'

const day = 24 * 60 * 60 * 1000
const givingUpAfterMs = 5 * day

/** Writes down how an attempt ended and what follows for the delivery and its endpoint. A lease that has passed to another process changes nothing. */
export const settle = async (
  ctx: JobContext,
  claimed: Claimed,
  startedAt: Date,
  outcome: Outcome,
  verdict: Verdict,
) => {
  const { rowCount } = await ctx.system.query(record, [
    claimed.tenant,
    claimed.id,
    claimed.lease,
    verdict.status,
    verdict.nextAt,
    outcome.statusCode,
    outcome.error,
    verdict.status === 'DELIVERED' ? ctx.now() : null,
    uuidv7(),
    startedAt,
    outcome.durationMs,
    outcome.snippet,
  ])
  if (!rowCount) return
  if (outcome.error === null) await noteSuccess(ctx, claimed)
  else await noteFailure(ctx, claimed, verdict)
}

// What was cancelled meanwhile is not tried again, but a late success counts.
const record = `
with settled as (
  update delivery
  set status = case when status = 'CANCELLED' and $4 = 'PENDING' then status else $4 end,
    next_at = case when status = 'CANCELLED' then null else $5::timestamptz end,
    last_status_code = $6::int, last_error = $7::text, delivered_at = $8::timestamptz, leased_until = null,
    attempt_count = attempt_count + 1, round_attempts = round_attempts + 1
  where tenant = $1 and id = $2 and leased_until = $3
  returning tenant, id
)
insert into delivery_attempt (tenant, id, delivery_id, at, duration_ms, status_code, error, response_snippet)
select tenant, $9::uuid, id, $10::timestamptz, $11::int, $6::int, $7::text, $12::text from settled`

const noteSuccess = async ({ system }: JobContext, { tenant, endpointId, failingSince, url }: Claimed) => {
  if (!failingSince) return
  await system.query(
    `update webhook_endpoint set status = 'ACTIVE', failing_since = null, paused_until = null
     where tenant = $1 and id = $2 and status = 'FAILING' and url = $3`,
    [tenant, endpointId, url],
  )
}

// Replays and tests are somebody's trial and say nothing against an endpoint. What it asks for is heeded after a replay too; a test that
// is asked to wait waits alone, so that trying an endpoint never holds up its events. What a URL answers counts for that URL only.
const noteFailure = async (ctx: JobContext, claimed: Claimed, verdict: Verdict) => {
  const { tenant, endpointId, failingSince, url } = claimed
  const now = ctx.now()
  const counts = claimed.cause === 'EVENT'
  if (verdict.pausedUntil && claimed.cause !== 'TEST') {
    await ctx.system.query(
      'update webhook_endpoint set paused_until = greatest(paused_until, $3) where tenant = $1 and id = $2 and url = $4',
      [tenant, endpointId, verdict.pausedUntil, url],
    )
  }
  if (counts) {
    await ctx.system.query(
      `update webhook_endpoint set status = 'FAILING', failing_since = $3 where tenant = $1 and id = $2 and status = 'ACTIVE' and url = $4`,
      [tenant, endpointId, now, url],
    )
  }
  const onlyFailures = counts && failingSince && now.getTime() - failingSince.getTime() >= givingUpAfterMs
  const reason = verdict.gone
    ? WebhookDisabledReason.GONE
    : onlyFailures
      ? WebhookDisabledReason.ONLY_FAILURES
      : undefined
  if (reason) await giveUpEndpoint(ctx.forTenant(tenant), { id: endpointId, url }, reason)
}
