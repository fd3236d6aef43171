import { services } from '@clientele/cli/services'
import { plainSchema, roleNames, type Service } from '@clientele/kit'

const spoken: Record<string, RegExp> = {
  admin: /\badmins?\b/,
  privacy_officer: /\bprivacy(_| )officers?\b/,
}
const rolesIn = (description: string) => {
  const [, whom = ''] = /\bFor (admin.*)$/s.exec(description) ?? []
  return roleNames.filter((role) => (spoken[role] ?? new RegExp(`\\b${role}\\b`)).test(whom))
}

/** Every mutation of a service with the roles that its policies open it to. */
const opened = (service: Service) =>
  (service.policies ?? []).flatMap(({ table }) =>
    Object.entries(table.opens).flatMap(([action, paths]) => {
      const roles = roleNames.filter((role) => (table.roles[role] as Record<string, string> | undefined)?.[action])
      return (paths ?? []).map((path) => ({ path, roles }))
    }),
  )

test.each((services as readonly Service[]).map((service) => [service.name, service] as const))(
  'mutations of %s say for which roles they are, as its policies do',
  (_, service) => {
    const mutations = plainSchema(service).getMutationType()?.getFields() ?? {}
    const found = opened(service).filter(({ path }) => path in mutations)
    expect(found.length).toBeGreaterThan(5)
    expect(found.map(({ path }) => `${path}: ${rolesIn(mutations[path]?.description ?? '').join(' ')}`)).toEqual(
      found.map(({ path, roles }) => `${path}: ${roles.join(' ')}`),
    )
  },
)
