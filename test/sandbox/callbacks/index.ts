import type { Area } from '../core/area';
import { addCallbacksControls } from './control';

/** Events that WeCom sends to a callback URL (docs 90930, 90968 and 92130). */
export const callbacks: Area = { addControls: addCallbacksControls };
