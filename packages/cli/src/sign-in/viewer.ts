import type { Api } from '../api/api.js'

/** Who the platform takes a caller for. */
export interface Viewer {
  subject: string
  /** Null for a program, and for somebody whom the directory does not know. */
  name: string | null
  tenant: string
  roles: string[]
}

interface Answer {
  viewer: Omit<Viewer, 'name'> & { staff: { name: string } | null }
}

/** Throws ApiError. */
export const viewerOf = async (api: Api): Promise<Viewer> => {
  const { staff, ...viewer } = (await api.call<Answer>('{ viewer { subject tenant roles staff { name } } }')).viewer
  return { ...viewer, name: staff?.name ?? null }
}

export const viewerText = ({ name, subject, tenant, roles }: Viewer, url: string) =>
  `At ${url} you are ${name ?? subject}, ${roles.join(', ') || 'without a role'}, in the tenant ${tenant}.`
