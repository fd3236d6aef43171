import { accountRoles } from '@clientele/contracts'
import { type FieldClass, fieldClasses, type Policy, type Role, roleNames, type Service } from '@clientele/kit'

const intro = `# Who may do and see what

Printed by \`npm run docs:permissions\` from the policies that the services enforce (\`services/*/src/*/*.policy.ts\`).

**Access scope.** OWN: what somebody looks after. TERRITORY: also what belongs to their territories and to all below them; the
root territory is the whole tenant. TENANT: everything of the tenant. A dash: not at all. What lies out of scope is
NOT_FOUND. Of several roles the widest scope counts, and each role's clearance holds within its own scope.

**Field classes.** PLAIN: codes, amounts, dates, ids. PERSONAL: what tells of a person. SENSITIVE: encrypted at rest, and every reading is in the
audit log. Who sees a class sees those before it. A hidden field is null and named in \`redactedFields\`; nobody can filter, sort or
write by a field that they do not see, unless their role may write it only: then they enter a value, and see none. The fields that every record has (id, version, who created and changed it, and
when) are PLAIN.

**On behalf.** A service may do for somebody what they have set up, such as an automation, and only the actions that are named here; what its
author may not do at present it does not do for them. Both are in the audit log.

**Roles.** Realm roles of people; \`service_account\`: each of Clientele's own services; \`profiles_account\` and the like: the account of that
service, and only what that needs of the others (those that have no row may do nothing); \`partner\`: a client with the scope \`customers.read\`.
`

/** The permission matrix of all services as a page of Markdown. */
export const permissionsPage = (services: readonly Service[]): string =>
  [intro, ...services.map(serviceSection)].join('\n')

const serviceSection = ({ name, policies = [], publicFields = [] }: Service) =>
  [
    `## ${name}\n`,
    ...(publicFields.length
      ? [`Open without a token, because the request carries its own: ${codes(publicFields)}.\n`]
      : []),
    ...policies.map(conceptSection),
  ].join('\n')

const conceptSection = (policy: Policy) => {
  const actions = Object.keys(policy.table.opens)
  return [
    `### ${policy.concept}\n`,
    `${ownershipOf(policy)}\n`,
    table(
      ['role', 'clearance', ...actions],
      roleNames
        .filter((role) => policy.table.roles[role] || !isAccount(role))
        .map((role) => [role, ...grantRow(policy, role, actions)]),
    ),
    table(
      ['action', 'opens'],
      Object.entries(policy.table.opens).map(([action, paths]) => [action, codes(paths ?? [])]),
    ),
    ...fieldTable(policy),
    ...writeOnlyTable(policy),
    ...onBehalfTable(policy),
  ].join('\n')
}

const isAccount = (role: Role) => (accountRoles as readonly Role[]).includes(role)

const ownershipOf = ({ table: { ownership } }: Policy) => {
  if (!ownership) return "It is nobody's in particular."
  const { owner, territory, parent, others } = ownership
  const ways = [
    ...(owner ? [`to whom \`${owner}\` names`] : []),
    ...(territory ? [`to the territory in \`${territory}\``] : []),
    ...(others ? [`to ${others.whom}`] : []),
    ...(parent ? [`to whom the ${parent.table} in \`${parent.key}\` belongs`] : []),
  ]
  return `It belongs ${ways.join(' and ')}.`
}

const grantRow = ({ table: { roles } }: Policy, role: Role, actions: readonly string[]) => {
  const grant = roles[role] as Record<string, string> | undefined
  return [grant?.clearance, ...actions.map((action) => grant?.[action])].map((cell) => cell ?? '–')
}

const fieldTable = ({ table: { fields } }: Policy) => {
  const types = Object.entries(fields).filter(([, classes]) => Object.values(classes).some((names) => names?.length))
  if (!types.length) return []
  const cells = (classes: { [C in FieldClass]?: readonly string[] }) =>
    fieldClasses.map((each) => codes(classes[each] ?? []))
  return [
    table(
      ['type', ...fieldClasses],
      types.map(([type, classes]) => [type, ...cells(classes)]),
    ),
  ]
}

const writeOnlyTable = ({ table: { writeOnly = {} } }: Policy) => {
  const rows = Object.entries(writeOnly).flatMap(([role, types]) =>
    Object.entries(types).map(([type, fields]) => [role, type, codes(fields)]),
  )
  return rows.length ? [table(['role', 'type', 'writes without seeing'], rows)] : []
}

const onBehalfTable = ({ table: { onBehalf = {} } }: Policy) => {
  const rows = Object.entries(onBehalf).map(([kind, actions]) => [kind, codes(actions ?? [])])
  return rows.length ? [table(['services, on behalf of whom this belongs to', 'actions'], rows)] : []
}

const codes = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' ')

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
    .concat('\n')
