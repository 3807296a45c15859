<?php

namespace Plugin\TegataLink\Controller\Admin;

use Eccube\Controller\AbstractController;
use Plugin\TegataLink\Form\Type\Admin\ConfigType;
use Plugin\TegataLink\Settings;
use Symfony\Component\HttpFoundation\Request;

/** オーナーズストア→プラグイン一覧→設定. */
class ConfigController extends AbstractController
{
    public function index(Request $request)
    {
        $projectDir = $this->eccubeConfig['kernel.project_dir'];
        $kept = Settings::kept($projectDir);
        $form = $this->createForm(ConfigType::class, ['url' => $kept['url']], [
            'has_secret' => $kept['secret'] !== '',
        ]);
        $form->handleRequest($request);

        if ($form->isSubmitted() && $form->isValid()) {
            $given = $form->getData();
            // The secret is never shown again; left empty it stays what it is.
            $secret = isset($given['secret']) && $given['secret'] !== '' ? $given['secret'] : $kept['secret'];
            try {
                Settings::write($projectDir, $given['url'], $secret);
                $this->addSuccess('admin.common.save_complete', 'admin');
            } catch (\RuntimeException $e) {
                log_error('tegata-link: '.$e->getMessage());
                $this->addError('admin.common.save_error', 'admin');
            }

            return $this->redirectToRoute('tegata_link_admin_config');
        }

        return $this->render('@TegataLink/admin/config.twig', [
            'form' => $form->createView(),
            'has_secret' => $kept['secret'] !== '',
            'by_environment' => Settings::fromEnvironment(Settings::URL) !== ''
                || Settings::fromEnvironment(Settings::SECRET) !== '',
            'is_ready' => Settings::read($projectDir) !== null,
        ]);
    }
}
