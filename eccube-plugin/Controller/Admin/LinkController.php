<?php

namespace Plugin\TegataLink\Controller\Admin;

use Eccube\Controller\AbstractController;
use Eccube\Entity\Member;
use Plugin\TegataLink\Settings;
use Plugin\TegataLink\Ticket;
use Symfony\Component\HttpFoundation\RedirectResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpKernel\Exception\AccessDeniedHttpException;
use Symfony\Component\HttpKernel\Exception\BadRequestHttpException;

/**
 * The two ways from EC-CUBE's admin to Tegata: an entry of the menu, and a ticket for the member who is logged in. Both lead to
 * the one address that the settings name, whatever a request says. EC-CUBE's firewall lets only members come here.
 */
class LinkController extends AbstractController
{
    public function oauth()
    {
        return $this->open('oauth');
    }

    public function webhook()
    {
        return $this->open('webhook');
    }

    public function ticket(Request $request)
    {
        $given = $request->query->all();
        $challenge = isset($given['challenge']) ? $given['challenge'] : null;
        if (!Ticket::isChallenge($challenge)) {
            throw new BadRequestHttpException();
        }
        $Member = $this->getUser();
        if (!$Member instanceof Member) {
            throw new AccessDeniedHttpException();
        }
        $settings = Settings::read($this->eccubeConfig['kernel.project_dir']);
        if ($settings === null) {
            return $this->toSettings();
        }
        $ticket = Ticket::make(
            $settings['url'],
            $Member->getId(),
            $Member->getLoginId(),
            $challenge,
            time(),
            $settings['secret']
        );

        return $this->lead($settings['url'].'?'.http_build_query(['ticket' => $ticket]));
    }

    private function open($page)
    {
        $settings = Settings::read($this->eccubeConfig['kernel.project_dir']);
        if ($settings === null) {
            return $this->toSettings();
        }

        return $this->lead($settings['url'].'?'.http_build_query(['to' => $page]));
    }

    private function toSettings()
    {
        $this->addWarning('tegata_link.config.missing', 'admin');

        return $this->redirectToRoute('tegata_link_admin_config');
    }

    private function lead($url)
    {
        return new RedirectResponse($url, 303, [
            'Cache-Control' => 'no-store',
            'Referrer-Policy' => 'no-referrer',
        ]);
    }
}
