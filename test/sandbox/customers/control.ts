import type { Router } from 'express';
import { z } from 'zod';

import { action } from '../core/control';
import type { World } from '../world/world';

const pair = z.object({ userid: z.string(), external_userid: z.string() });

const member = z.object({ userid: z.string(), licensed: z.boolean() });

/** What happens between members and customers, over the control API. */
export function addCustomersControls(router: Router, world: World): void {
	router.post(
		'/interact',
		action(pair, ({ userid, external_userid: id }) => world.interact(userid, id)),
	);
	router.post(
		'/delete-relation',
		action(pair, ({ userid, external_userid: id }) => world.deleteRelation(userid, id)),
	);
	router.post(
		'/licence',
		action(member, ({ userid, licensed }) => world.setLicensed(userid, licensed)),
	);
}
