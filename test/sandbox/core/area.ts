import type { Router } from 'express';

import type { World } from '../world/world';
import type { Endpoint } from './endpoint';

/** One part of WeCom: the calls it answers, and what a test or a person may do to it. */
export interface Area {
	readonly endpoints?: readonly Endpoint[];
	/**
	 * Text of every error code that belongs to this area (doc 90313). Texts quoted by the document are
	 * verbatim; where none is known, the wording is this sandbox's (A20). Clients must never branch on it.
	 */
	readonly errorTexts?: Readonly<Record<number, string>>;
	/** Adds the area's own calls to the control API. */
	readonly addControls?: (router: Router, world: World) => void;
}
