import {
  integrationsTaskRequested,
  profilesTaskRequested,
  segmentationTaskRequested,
  surveysTaskRequested,
} from '@clientele/contracts'
import { consume } from '@clientele/kit'
import { createRequestedTask } from './task-request.actions.js'

/** Services ask for tasks by events; a consumer each, because it listens to one publisher. */
export const createRequestedTasks = [
  profilesTaskRequested,
  surveysTaskRequested,
  segmentationTaskRequested,
  integrationsTaskRequested,
].map((requested) =>
  consume(`interactions-${requested.service}-task-requests`, requested, (tx, request) =>
    createRequestedTask(tx, requested.service, request),
  ),
)
