import { limits, teamArchived, teamChanged, teamCreated } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkList,
  checkRequiredText,
  checkText,
  expectVersion,
  locked,
  retryOnConflict,
  type Transaction,
  type ValidationIssue,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { applyChanges } from '../directory/apply-changes.js'
import { checkStaff } from '../directory/staff-look-up.js'
import { Team } from './team.entity.js'
import type { ArchiveTeamInput, ChangeTeamInput, CreateTeamInput, TeamFields } from './team.input.js'
import { teamPolicy } from './team.policy.js'
import { memberIdsOf, setMembers } from './team-members.js'

/** Sets up a team. Throws INVALID with all faults, CONFLICT `team.key_taken` or `team.too_many`. */
export const createTeam = (ctx: Context, input: CreateTeamInput): Promise<Team> =>
  retryOnConflict(() =>
    ctx.transaction(
      async (tx) => {
        tx.allow(teamPolicy.write)
        const issues = validationIssues()
        const key = checkRequiredText(issues, 'key', input.key, limits.key)
        const name = checkRequiredText(issues, 'name', input.name, limits.teamName)
        const { leadId = null, territory = null, members = [] } = await checkTeam(tx, issues, input)
        issues.refuse()
        await refuseTaken(tx, key)
        const team: Team = tx.em.create(Team, { key, name, leadId, territory, active: true })
        await tx.em.flush()
        await setMembers(tx, team, members)
        tx.emit(teamCreated, team, teamData(team, members))
        return team
      },
      { key: input.idempotencyKey, operation: 'createTeam', input },
    ),
  )

/** Changes what is given. Throws NOT_FOUND `team.unknown`, INVALID with all faults, CONFLICT `version.stale`, `team.archived` or `team.too_many`. */
export const changeTeam = (ctx: Context, input: ChangeTeamInput): Promise<Team> =>
  ctx.transaction(async (tx) => {
    const team = await teamForChange(tx, input)
    const issues = validationIssues()
    const name = checkText(issues, 'name', input.name, limits.teamName)
    if (input.name === null) issues.add('name', 'text.required', 'a name, which cannot be cleared')
    const { members, ...values } = await checkTeam(tx, issues, input)
    issues.refuse()
    const hasOthers = members !== undefined && (await setMembers(tx, team, members))
    const fields = applyChanges(team, { ...values, ...(name != null && { name }) })
    if (hasOthers) {
      fields.push('members')
      team.updatedAt = new Date(Math.max(tx.now().getTime(), team.updatedAt.getTime() + 1))
    }
    if (fields.length) {
      const [all = []] = await memberIdsOf(tx.em, [team.id])
      tx.emit(teamChanged, team, { ...teamData(team, all), changedFields: fields })
    }
    return team
  })

/** Takes a team out of use; its members stay written down. Throws NOT_FOUND `team.unknown`, CONFLICT `version.stale` or `team.archived`. */
export const archiveTeam = (ctx: Context, input: ArchiveTeamInput): Promise<Team> =>
  ctx.transaction(async (tx) => {
    const team = await teamForChange(tx, input)
    team.active = false
    const [members = []] = await memberIdsOf(tx.em, [team.id])
    tx.emit(teamArchived, team, teamData(team, members))
    return team
  })

const teamForChange = async (tx: Transaction, input: ArchiveTeamInput) => {
  const team = await locked(tx, Team, input.id, teamPolicy.write)
  expectVersion(team, input.expectedVersion)
  if (!team.active) throw new Conflict('This team is archived.', { reason: 'team.archived' })
  return team
}

const checkTeam = async (tx: Transaction, issues: ValidationIssues, given: TeamFields) => {
  const territory = checkText(issues, 'territory', given.territory, limits.key)
  const named = checkList(issues, 'memberIds', given.memberIds, limits.teamMembers)
  const members =
    named &&
    (await checkStaff(
      tx,
      issues,
      named.map((id, at) => ({ path: `memberIds.${at}`, id })),
    ))
  const lead = given.leadId == null ? [] : await checkStaff(tx, issues, [{ path: 'leadId', id: given.leadId }])
  return {
    ...(territory !== undefined && { territory }),
    ...(members && { members }),
    ...(given.leadId !== undefined && { leadId: lead[0] ?? null }),
  }
}

const refuseTaken = async (tx: Transaction, key: string) => {
  if (!(await tx.em.count(Team, { key }))) return
  const reason = 'team.key_taken'
  const fields: ValidationIssue[] = [{ path: 'input.key', reason, message: 'belongs to another team' }]
  throw new Conflict('Another team has this key.', { reason, fields })
}

const teamData = (team: Team, members: readonly string[]) => ({
  key: team.key,
  lead: team.leadId,
  members: members.toSorted(),
  territory: team.territory,
  active: team.active,
})
