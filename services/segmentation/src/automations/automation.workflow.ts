import { workflow } from '@clientele/kit'
import type { AutomationStatus } from './automation.entity.js'

export const automationWorkflow = workflow<AutomationStatus>('automation', {
  DRAFT: ['ACTIVE'],
  ACTIVE: ['STOPPED'],
  STOPPED: ['ACTIVE'],
})
