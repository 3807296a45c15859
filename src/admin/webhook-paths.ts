/** The paths of WebHook管理, below the admin's root. */

export function webhookPaths(root: string) {
  const webhooks = `${root}/api/webhook`;
  const webhook = (webhookId: string) => `${webhooks}/${encodeURIComponent(webhookId)}`;
  const webhookDeliveries = (webhookId: string) => `${webhook(webhookId)}/deliveries`;
  const webhookDelivery = (webhookId: string, deliveryId: string) =>
    `${webhookDeliveries(webhookId)}/${encodeURIComponent(deliveryId)}`;
  return {
    webhooks,
    webhookNew: `${webhooks}/new`,
    webhooksTakeOver: `${webhooks}/take_over`,
    feed: `${webhooks}/feed`,
    feedInstall: `${webhooks}/feed/install`,
    feedRemove: `${webhooks}/feed/remove`,
    webhook,
    webhookTest: (webhookId: string) => `${webhook(webhookId)}/test`,
    webhookPause: (webhookId: string) => `${webhook(webhookId)}/pause`,
    webhookResume: (webhookId: string) => `${webhook(webhookId)}/resume`,
    webhookDelete: (webhookId: string) => `${webhook(webhookId)}/delete`,
    webhookDeliveries,
    webhookResendFailed: (webhookId: string) => `${webhookDeliveries(webhookId)}/resend`,
    webhookDelivery,
    webhookDeliveryResend: (webhookId: string, deliveryId: string) =>
      `${webhookDelivery(webhookId, deliveryId)}/resend`,
  };
}
