import type pg from 'pg'
import type { Report } from './finding.js'

/** As whom a service comes to its database. */
export type DatabaseUse = 'service' | 'system' | 'owner'

const groups = { service: 'clientele_app', system: 'clientele_system' } as const
const runbook = 'docs/runbooks/serve.md, step 1'

interface RoleFacts {
  role: string
  isMighty: boolean
  mayCreate: boolean
  ownsTables: boolean
  foreignTables: number
  groups: string[]
  isMemberOf: string[]
  hasTrigrams: boolean
}

const facts = `
  select current_user as role,
    exists (select from pg_roles r where (rolsuper or rolbypassrls) and pg_has_role(current_user, r.oid, 'member')) as "isMighty",
    has_schema_privilege(current_user, 'public', 'create') as "mayCreate",
    exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and pg_has_role(current_user, relowner, 'member')) as "ownsTables",
    (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not pg_has_role(current_user, relowner, 'member')) as "foreignTables",
    (select array_agg(rolname::text) from pg_roles where rolname in ('clientele_app', 'clientele_system')) as groups,
    (select array_agg(rolname::text) from pg_roles r where rolname in ('clientele_app', 'clientele_system')
      and pg_has_role(current_user, r.oid, 'member')) as "isMemberOf",
    exists (select from pg_extension where extname = 'pg_trgm') as "hasTrigrams"`

/** Whether a role may what it must, and nothing by which row-level security would not hold. */
export const checkRole = async (report: Report, client: pg.Client, use: DatabaseUse) => {
  const { rows } = await client.query<RoleFacts>(facts)
  const role = rows[0]!
  const faults = [...(role.isMighty ? [mighty(role)] : []), ...(use === 'owner' ? ofOwner(role) : ofUser(role, use))]
  for (const [found, remedy] of faults) report.fault(`${use}.rights`, found, remedy)
  if (!faults.length) report.ok(`${use}.rights`, `${role.role} may what it must, and row-level security holds`)
}

type Fault = readonly [found: string, remedy: string]

const mighty = ({ role }: RoleFacts): Fault => [
  `${role} is a superuser, has BYPASSRLS or can become such a role: row-level security does not hold`,
  `alter role ${role} nosuperuser nobypassrls, and revoke its membership in such roles.`,
]

const ofUser = ({ role, ownsTables, isMighty, isMemberOf }: RoleFacts, use: 'service' | 'system'): Fault[] => [
  ...(ownsTables && !isMighty
    ? [
        [
          `${role} owns tables, and can lift their row-level security`,
          `Give it a role of its own (${runbook}).`,
        ] as const,
      ]
    : []),
  ...(isMemberOf?.includes(groups[use])
    ? []
    : [[`${role} is no member of ${groups[use]}`, `grant ${groups[use]} to ${role} (${runbook}).`] as const]),
]

const ofOwner = ({ role, mayCreate, foreignTables, groups: there, hasTrigrams }: RoleFacts): Fault[] => [
  ...(mayCreate
    ? []
    : [[`${role} may not create tables in public`, `grant create, usage on schema public to ${role}.`] as const]),
  ...(foreignTables
    ? [[`${foreignTables} tables belong to another role than ${role}`, `reassign owned by … to ${role}.`] as const]
    : []),
  ...Object.values(groups)
    .filter((group) => !there?.includes(group))
    .map((group) => [`there is no role ${group}`, `create role ${group} nologin (${runbook}).`] as const),
  ...(hasTrigrams
    ? []
    : [['the extension pg_trgm is missing', 'create extension pg_trgm, as an administrator.'] as const]),
]

/** Every table that has rows of tenants is under row-level security, also for its owner. */
export const checkRowLevelSecurity = async (report: Report, client: pg.Client) => {
  const { rows } = await client.query<{ table: string; isOpen: boolean }>(
    `select relname as table, not (relrowsecurity and relforcerowsecurity) as "isOpen" from pg_class
     join pg_attribute on attrelid = pg_class.oid and attname = 'tenant' and not attisdropped
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
  )
  const open = rows.filter(({ isOpen }) => isOpen).map(({ table }) => table)
  if (open.length) {
    const remedy = `alter table … enable row level security, force row level security; then find out who has lifted it.`
    report.fault('tenants', `not under row-level security: ${open.join(', ')}`, remedy)
  } else if (rows.length) report.ok('tenants', `${rows.length} tables are under row-level security`)
}
