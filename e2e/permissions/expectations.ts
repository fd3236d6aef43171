import {
  type Actor,
  accessScopeOf,
  clearanceOf,
  covers,
  type FieldClass,
  fieldClasses,
  type PolicyTable,
  type Role,
  type Rule,
  type Service,
} from '@clientele/kit'

interface Classed {
  fieldClass: FieldClass
  table: PolicyTable
  concept: string
}

/** What the policies of all services promise about the graph that they make up. */
export const expectationsOf = (services: readonly Service[]) => {
  const rules = new Map<string, Rule>()
  const classes = new Map<string, Classed>()
  const publicFields = new Set(services.flatMap((service) => service.publicFields ?? []))
  for (const { concept, table } of services.flatMap((service) => service.policies ?? [])) {
    for (const [action, paths] of Object.entries(table.opens)) {
      for (const path of paths ?? []) rules.set(path, { concept, action, table })
    }
    for (const [type, byClass] of Object.entries(table.fields)) {
      for (const fieldClass of fieldClasses) {
        for (const field of byClass[fieldClass] ?? []) classes.set(`${type}.${field}`, { fieldClass, table, concept })
      }
    }
  }
  return {
    isPublic: (field: string) => publicFields.has(field),
    rule: (path: string) => rules.get(path),
    /** Whether some policy opens this path for the actor at all; undefined where the path needs no opening. */
    mayOpen: (actor: Actor, path: string) => {
      const rule = rules.get(path)
      return rule && accessScopeOf(actor, rule) !== undefined
    },
    isHidden: (actor: Actor, path: string) => {
      const entry = classes.get(path)
      return entry !== undefined && !covers(clearanceOf(actor, entry.table), entry.fieldClass)
    },
    hidable: [...classes].filter(([, { fieldClass }]) => fieldClass !== 'PLAIN').map(([path]) => path),
    /** Those that a role may enter without seeing them. */
    writeOnly: (role: Role) =>
      services.flatMap(({ policies = [] }) =>
        policies.flatMap(({ table }) =>
          Object.entries(table.writeOnly?.[role] ?? {}).flatMap(([type, fields]) =>
            fields.map((field) => `${type}.${field}`),
          ),
        ),
      ),
    /** Those of them that some role does not see although it reads their concept. */
    hiddenFromSome: [...classes]
      .filter(([, { fieldClass, table }]) =>
        Object.values(table.roles).some((grant) => 'read' in grant && !covers(grant.clearance, fieldClass)),
      )
      .map(([path]) => path),
    /** The concept of a type whose entities belong to somebody, and are read by some only where they do. */
    ownership: (type: string) =>
      services.some(({ policies }) =>
        policies?.some(
          ({ concept, table }) =>
            concept === type &&
            table.ownership &&
            Object.values(table.roles).some((grant) => 'read' in grant && grant.read !== 'TENANT'),
        ),
      ),
  }
}

export type Expectations = ReturnType<typeof expectationsOf>
