import type { Router } from 'express';
import { z } from 'zod';

import { action } from '../core/control';
import type { World } from '../world/world';
import type { Relation } from './model';
import { setCustomer, setRelation } from './world';

const customer = z
	.object({
		external_userid: z.string(),
		name: z.string(),
		type: z.union([z.literal(1), z.literal(2)]),
		gender: z.union([z.literal(0), z.literal(1), z.literal(2)]),
		unionid: z.string(),
		corp_name: z.string(),
		position: z.string(),
	})
	.partial()
	.strict();

const relation = z
	.object({
		userid: z.string(),
		external_userid: z.string(),
		remark: z.string().optional(),
		description: z.string().optional(),
		createtime: z.number().int().optional(),
		state: z.string().optional(),
		add_way: z.number().int().optional(),
		oper_userid: z.string().optional(),
		remark_mobiles: z.array(z.string()).optional(),
		remark_corp_name: z.string().optional(),
		tag_id: z.array(z.string()).optional(),
		tag_names: z.array(z.string()).optional(),
		personal_tags: z.array(z.string()).optional(),
		last_interaction: z.number().int().optional(),
	})
	.strict();

/** Sets what a test needs of a customer or a pair, over the control API; nobody is told of it. */
export function addPairControls(router: Router, world: World): void {
	router.post(
		'/customer',
		action(customer, ({ external_userid: externalUserid, corp_name: corpName, ...rest }) => {
			const changed = setCustomer(world.corp, { externalUserid, corpName, ...rest });
			return { external_userid: changed.externalUserid };
		}),
	);
	router.post(
		'/relation',
		action(relation, (body) =>
			relationView(
				setRelation(
					world.corp,
					{ userid: body.userid, externalUserid: body.external_userid },
					relationChange(body),
					world.now(),
				),
			),
		),
	);
}

function relationChange(body: z.output<typeof relation>) {
	return {
		remark: body.remark,
		description: body.description,
		createTime: body.createtime,
		state: body.state,
		addWay: body.add_way,
		operUserid: body.oper_userid,
		remarkMobiles: body.remark_mobiles,
		remarkCompany: body.remark_corp_name,
		tagIds: body.tag_id,
		tagNames: body.tag_names,
		personalTags: body.personal_tags,
		lastInteraction: body.last_interaction,
	};
}

/** Without the member's and the customer's other relations. */
function relationView({ member: { userid }, customer: { externalUserid }, ...rest }: Relation) {
	return { userid, external_userid: externalUserid, ...rest };
}
