<?php

namespace Plugin\TegataLink;

use Eccube\Common\EccubeNav;

/**
 * 設定→API管理→OAuth管理, WebHook管理. Under keys of its own: EC-CUBE merges the menus of plugins by key, and the entries of the
 * Web API plugin (`api`) stay what they are beside these.
 */
class Nav implements EccubeNav
{
    /**
     * @return array
     */
    public static function getNav()
    {
        return [
            'setting' => [
                'children' => [
                    'tegata_link' => [
                        'name' => 'tegata_link.nav.api',
                        'children' => [
                            'tegata_link_oauth' => [
                                'name' => 'tegata_link.nav.oauth',
                                'url' => 'tegata_link_oauth',
                            ],
                            'tegata_link_webhook' => [
                                'name' => 'tegata_link.nav.webhook',
                                'url' => 'tegata_link_webhook',
                            ],
                        ],
                    ],
                ],
            ],
        ];
    }
}
