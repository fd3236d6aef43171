import { tagMerged } from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { keepMerges } from './merged-tag.actions.js'

/** Has rules that name a merged tag mean the one that goes on. */
export const keepMergedTags = consumeBatch('segmentation-merged-tags', tagMerged, (tx, events) =>
  keepMerges(
    tx,
    events.map(({ data }) => data),
  ),
)
