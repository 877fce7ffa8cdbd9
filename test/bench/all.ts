import { listening } from './listening';
import type { Scenario } from './scenarios';
import { scenarios } from './scenarios';

export const allScenarios: readonly Scenario[] = [...scenarios, ...listening];
