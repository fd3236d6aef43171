import type { Job } from '@clientele/kit'
import { Tag } from './tag.entity.js'
import { moveCustomers } from './tag-merge.actions.js'

interface Merged {
  tenant: string
  id: string
  key: string
  into: string
}

/** Gives customers of merged tags the ones that go on: a batch of one tag of each tenant in a round. */
export const moveMergedTags: Job = {
  name: 'profiles-move-merged-tags',
  everyMs: 2_000,
  run: async ({ system, forTenant, setAside }) => {
    const { rows } = await system.query<Merged>(
      `select distinct on (tenant) tenant, id, key, merged_into_key as into from tag
       where merged_into_key is not null and id <> all($1::uuid[])
         and exists (select from customer_tag c where c.tenant = tag.tenant and c.tag_key = tag.key)
       order by tenant, key`,
      [setAside.ids()],
    )
    let moved = 0
    for (const { tenant, id, key, into } of rows) {
      const move = forTenant(tenant).transaction(async (tx) =>
        moveCustomers(tx, key, await tx.em.findOneOrFail(Tag, { key: into })),
      )
      moved += await move.catch((error: unknown) => {
        setAside.add(id, error, { tenant, tag: id })
        return 0
      })
    }
    return moved
  },
}
