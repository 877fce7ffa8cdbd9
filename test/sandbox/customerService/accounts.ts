import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { endpoint } from '../core/endpoint';
import { maxBytes, maxCharacters, refuse, requiredString } from '../core/fields';
import { randomId } from '../core/ids';
import { requireMedia } from '../media/lookups';
import { addAccount, kfEndpoint, kfOf, livingAccounts, requireAccount } from './state';

/** Accounts of a corp, and of one that is not verified (doc 94662). */
const MAX_ACCOUNTS = 5000;
const MAX_UNVERIFIED_ACCOUNTS = 10;

const ROWS = { default: 100, max: 100 };

/** A missing ID of an account is as wrong as a malformed one (A111). */
export const openKfId = requiredString(95000);

const accountName = requiredString(95006).refine(maxCharacters(16), refuse(95006));
const avatar = requiredString(40007).refine(maxBytes(128), refuse(40007));

/** Creates an account, which the calling app may then manage (A112; doc 94662). */
export const addKfAccount = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/account/add',
		method: 'POST',
		doc: 94662,
		request: z.object({ name: accountName, media_id: avatar }),
		handle({ corp, app, now }, { name, media_id: mediaId }) {
			requireMedia(corp, mediaId, 'image', now);
			const count = livingAccounts(corp).length;
			if (!kfOf(corp).verified && count >= MAX_UNVERIFIED_ACCOUNTS) throw new ApiError(95027);
			if (count >= MAX_ACCOUNTS) throw new ApiError(95005);
			return { open_kfid: addAccount(corp, name, [app.agentId]).openKfId };
		},
	}),
);

/** Deletes an account; its chats end with it (doc 94663). */
export const deleteKfAccount = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/account/del',
		method: 'POST',
		doc: 94663,
		request: z.object({ open_kfid: openKfId }),
		handle(call, { open_kfid: id }) {
			requireAccount(call, id).deleted = true;
			return {};
		},
	}),
);

/** Changes name or picture; what is not given stays (doc 94664). */
export const updateKfAccount = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/account/update',
		method: 'POST',
		doc: 94664,
		request: z.object({
			open_kfid: openKfId,
			name: accountName.nullish(),
			media_id: avatar.nullish(),
		}),
		handle(call, { open_kfid: id, name, media_id: mediaId }) {
			const account = requireAccount(call, id);
			if (mediaId) {
				requireMedia(call.corp, mediaId, 'image', call.now);
				account.avatar = `https://pictures.example/kf/${mediaId}/0`;
			}
			if (name) account.name = name;
			return {};
		},
	}),
);

/** Every account of the corp, with what the calling app may do; there is no total (doc 94706). */
export const listKfAccounts = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/account/list',
		method: 'POST',
		doc: 94706,
		emptyFields: { account_list: [] },
		request: z.object({
			offset: z.number().int().min(0).nullish(),
			limit: z.number().int().min(1).max(ROWS.max).nullish(),
		}),
		handle({ corp, app }, { offset, limit }) {
			const start = offset ?? 0;
			const accounts = livingAccounts(corp).slice(start, start + (limit ?? ROWS.default));
			return {
				account_list: accounts.map((account) => ({
					open_kfid: account.openKfId,
					name: account.name,
					avatar: account.avatar,
					manage_privilege: account.managedBy.has(app.agentId),
				})),
			};
		},
	}),
);

/** A link by which customers enter; its scene is told when they do (doc 94665). */
export const addContactWay = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/add_contact_way',
		method: 'POST',
		doc: 94665,
		request: z.object({
			open_kfid: openKfId,
			scene: z
				.string()
				.max(32)
				.regex(/^[0-9a-zA-Z_-]*$/)
				.nullish(),
		}),
		handle(call, { open_kfid: id, scene }) {
			const account = requireAccount(call, id);
			const url = new URL(`https://work.weixin.qq.com/kf/kfc${randomId(16)}`);
			if (scene) url.searchParams.set('enc_scene', `ENC${randomId(20)}`);
			account.links.set(url.href, scene ?? '');
			return { url: url.href };
		},
	}),
);
