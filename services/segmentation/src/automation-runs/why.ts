import { writeCondition } from '@clientele/conditions'
import type { Context } from '@clientele/kit'
import type { AutomationDefinition } from '../automations/automation.entity.js'
import { automationEvents } from '../automations/automation-events.js'
import { eventVocabulary } from '../automations/event-vocabulary.js'
import { conditionsOf } from '../automations/versions.js'
import { customerVocabulary } from '../rules/customer-vocabulary.js'
import type { AutomationRun } from './automation-run.entity.js'

/** Why a run came about, in the language of the caller: what happened, and the conditions that held. */
export const whyOf = async (
  ctx: Context,
  { automationId, automationVersion, event }: AutomationRun,
): Promise<string> => {
  const definition = await conditionsOf(ctx, automationId, automationVersion)
  const { description } = automationEvents[event]
  const conditions = definition
    ? { en: conditionsIn(definition, 'en'), zh: conditionsIn(definition, 'zh') }
    : { en: '', zh: '' }
  return ctx.tell({
    reason: 'automation.why',
    message: [description, conditions.en].filter(Boolean).join(' '),
    params: { event, conditions: conditions.zh },
  })
}

const conditionsIn = (
  { customerCondition, eventCondition }: Pick<AutomationDefinition, 'customerCondition' | 'eventCondition'>,
  language: 'en' | 'zh',
) =>
  [
    eventCondition && writeCondition(eventVocabulary, eventCondition, language),
    customerCondition && writeCondition(customerVocabulary, customerCondition, language),
  ]
    .filter(Boolean)
    .join('; ')
