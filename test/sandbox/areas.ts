import type { Router } from 'express';

import { appMessages } from './appMessages';
import { auth } from './auth';
import { passGate } from './auth/gate';
import { callbacks } from './callbacks';
import { generalErrorTexts } from './core/apiError';
import type { Area } from './core/area';
import type { WeComApi } from './core/serveCall';
import { customerGroups } from './customerGroups';
import { customers } from './customers';
import { groupWelcome } from './groupWelcome';
import { customerService } from './customerService';
import { massMessages } from './massMessages';
import { media } from './media';
import { tags } from './tags';
import { welcome } from './welcome';
import type { World } from './world/world';

/** The areas of WeCom that this sandbox plays. A new one is a folder and a line here. */
export const areas: readonly Area[] = [
	auth,
	customers,
	customerGroups,
	tags,
	media,
	massMessages,
	welcome,
	groupWelcome,
	callbacks,
	customerService,
	appMessages,
];

/** All areas together, as the server serves them. */
export const wecomApi: WeComApi = {
	endpoints: new Map(
		areas.flatMap((area) => area.endpoints ?? []).map((endpoint) => [endpoint.path, endpoint]),
	),
	errorTexts: Object.assign(
		{},
		generalErrorTexts,
		...areas.map((area) => area.errorTexts),
	) as Record<number, string>,
	passGate,
};

/** Adds the calls of all areas to the control API. */
export function addControls(router: Router, world: World): void {
	for (const area of areas) area.addControls?.(router, world);
}
