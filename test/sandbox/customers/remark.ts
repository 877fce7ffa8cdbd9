import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { endpoint } from '../core/endpoint';
import { maxCharacters, requiredString } from '../core/fields';
import { requireMedia } from '../media/lookups';
import { requireCustomer, requireMember } from './lookups';

const characters = (limit: number) => z.string().refine(maxCharacters(limit)).nullish();

/** Changes the given fields of a pair; phone numbers are replaced as a whole (doc 92115). */
export const remark = endpoint({
	path: '/cgi-bin/externalcontact/remark',
	method: 'POST',
	doc: 92115,
	request: z.object({
		userid: requiredString(40003),
		external_userid: requiredString(41035),
		remark: characters(20),
		description: characters(150),
		remark_company: characters(20),
		remark_mobiles: z.union([z.literal(''), z.array(z.string())]).nullish(),
		remark_pic_mediaid: z.string().nullish(),
	}),
	handle(call, body) {
		const { corp, now } = call;
		const mobiles = readMobiles(body.remark_mobiles);
		const { remark: name, description, remark_company: company, remark_pic_mediaid: pic } = body;
		if ([name, description, company, mobiles, pic].every((value) => value == null)) {
			throw new ApiError(40063);
		}
		requireMember(call, body.userid);
		const customer = requireCustomer(call, body.external_userid);
		const relation = corp.relation(body.userid, body.external_userid);
		if (!relation) throw new ApiError(84061);
		if (pic) requireMedia(corp, pic, 'image', now);

		relation.remark = name ?? relation.remark;
		relation.description = description ?? relation.description;
		relation.remarkMobiles = mobiles ?? relation.remarkMobiles;
		relation.remarkPicMediaId = pic ?? relation.remarkPicMediaId;
		// For WeChat users only; ignored for WeCom users (A37).
		if (customer.type === 1) relation.remarkCompany = company ?? relation.remarkCompany;
		return {};
	},
});

/** "An empty string" clears the numbers: both `""` and `[""]` do here; `[]` is "not given" (A38). */
function readMobiles(given: '' | string[] | null | undefined): string[] | undefined {
	if (given == null) return undefined;
	if (given === '') return [];
	return given.length === 0 ? undefined : given.filter((mobile) => mobile !== '');
}
